import type { Fields } from '../../conventions/json.ts';

/** The names of fields in the API (langfuse, fern/apis/server/definition/commons.yml) that mean something here. */
const NAMES = `
  id traceId type name startTime endTime parentObservationId completionStartTime level statusMessage version
  environment release metadata input output model providedModelName internalModelId modelParameters promptId
  promptName promptVersion latency timeToFirstToken unit usage usageDetails costDetails providedCostDetails
  inputUsage outputUsage totalUsage inputTokens outputTokens promptTokens completionTokens totalTokens inputCost
  outputCost totalCost calculatedInputCost calculatedOutputCost calculatedTotalCost toolDefinitions toolCalls
  toolCallNames traceName traceTags userId sessionId timestamp tags public bookmarked htmlPath observationId dataType
  value stringValue longStringValue source comment configId queueId authorUserId createdAt updatedAt projectId
  observations scores`
  .trim()
  .split(/\s+/);

/** A name without what tells `startTime`, `start_time` and "Start Time (UTC)" apart. */
const foldName = (name: string): string =>
  name
    .replace(/\(.*\)/, '')
    .replace(/[\s_-]/g, '')
    .toLowerCase();

const BY_PLAIN: ReadonlyMap<string, string> = new Map(NAMES.map((name) => [foldName(name), name]));
/** The names of keys that were met, of so many: records of a kind have the same ones. */
const known = new Map<string, string>();
const REMEMBERED = 1000;

function apiName(key: string): string {
  const before = known.get(key);
  if (before !== undefined) return before;
  const name = BY_PLAIN.get(foldName(key)) ?? key;
  if (known.size < REMEMBERED) known.set(key, name);
  return name;
}

/** Fields of which records of the API have at least one, as no other spelling does. */
const SPELLED = [
  'traceId',
  'startTime',
  'parentObservationId',
  'sessionId',
  'userId',
  'htmlPath',
  'observations',
  'dataType',
];

/**
 * A record under the field names of the API. Exports to a bucket write these in snake_case, tables with words for
 * people; what has no such name keeps its own. A record of the API is given back as it is.
 */
export function apiFields(record: Fields): Fields {
  for (const name of SPELLED) if (name in record) return record;
  const keys = Object.keys(record);
  const nameOf = (key: string): string => {
    const name = apiName(key);
    return name in record ? key : name;
  };
  if (keys.every((key) => nameOf(key) === key)) return record;
  return Object.fromEntries(keys.map((key) => [nameOf(key), record[key]]));
}

/** Whether a field holds something: neither nothing nor one of the empty lists and objects that Langfuse fills in. */
export function isFilled(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === '{}' || value === '[]') return false;
  if (typeof value !== 'object' || value instanceof Date) return true;
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}
