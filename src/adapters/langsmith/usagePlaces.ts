import { parsed } from '../../conventions/json.ts';
import { usageMetadata } from '../../conventions/dialects/langsmithUsage.ts';
import { amount } from '../../model/attributes.ts';
import { readableField, readableFields } from './readableFields.ts';

type Fields = ReadonlyMap<string, unknown>;

/** Types of runs that call no model themselves: a message among their outputs repeats what a run below them used. */
const WITHOUT_MODEL: ReadonlySet<unknown> = new Set(['chain', 'tool', 'retriever', 'prompt', 'parser']);

/** Whether a run of this type may name a model that is not its own: metadata is handed down to the runs below. */
export const callsNoModel = (runType: unknown): boolean => WITHOUT_MODEL.has(runType) && runType !== 'chain';

const COUNTS = ['prompt_tokens', 'completion_tokens', 'total_tokens'] as const;
const RUN_USAGE = [...COUNTS, 'prompt_token_details', 'completion_token_details'] as const;
const RUN_COST = ['total_cost', 'prompt_cost', 'completion_cost'] as const;

/**
 * Reads what a run used, from the first place that has a count: the outputs, the message of the first generation,
 * what the provider reported, the metadata, and last the fields that the API puts on each run, which are sums over all
 * runs below. These are also where the API reports costs. `runType` is undefined where the record, an update, does not
 * repeat it.
 */
export function runUsage(run: Fields, metadata: Fields, runType: unknown): object | null {
  const outputs = parsed(run.get('outputs'));
  let used: unknown;
  for (const usage of ownUsage(outputs, metadata, runType)) {
    const count = counted(usage);
    if (count >= 0) used ??= usage;
    if (count <= 0) continue;
    used = usage;
    break;
  }
  if (counted(used) <= 0) used = reported(run, RUN_USAGE) ?? used;
  const cost = hasCost(used) ? null : reported(run, RUN_COST);
  if (!cost || (used === undefined && !isPositive(cost))) return (used as object | undefined) ?? null;
  return { ...Object.fromEntries(used === undefined ? [] : readableFields(used as object).fields), ...cost };
}

/** The places of a run's own usage, the most trusted first. */
function ownUsage(outputs: unknown, metadata: Fields, runType: unknown): readonly unknown[] {
  const direct = readableField(outputs, 'usage_metadata');
  if (WITHOUT_MODEL.has(runType)) return [direct];
  const message = generatedMessage(outputs);
  const output = readableField(outputs, 'llm_output') ?? readableField(outputs, 'llmOutput');
  const wrapped =
    runType === undefined ? [] : ['output', 'message'].flatMap((name) => messageUsage(readableField(outputs, name)));
  return [
    direct,
    ...messageUsage(outputs),
    ...messageUsage(message),
    ...wrapped,
    readableField(output, 'token_usage') ??
      readableField(output, 'tokenUsage') ??
      readableField(output, 'estimatedTokenUsage') ??
      readableField(output, 'usage'),
    readableField(outputs, 'usage'),
    parsed(metadata.get('usage_metadata')),
  ];
}

/** On a message, plain or as LangChain serializes it. */
const messageUsage = (message: unknown): readonly unknown[] => [
  readableField(message, 'usage_metadata'),
  readableField(readableField(message, 'kwargs'), 'usage_metadata'),
];

/** The message of LangChain's `generations: [[{ message }]]`, or of a batch of one without the inner list. */
export function generatedMessage(outputs: unknown): unknown {
  const generations = readableField(outputs, 'generations');
  const first: unknown = Array.isArray(generations) ? generations[0] : undefined;
  return readableField(Array.isArray(first) ? first[0] : first, 'message');
}

/** How many tokens a usage counts; -1 where it is none. */
function counted(usage: unknown): number {
  if (usage === null || typeof usage !== 'object') return -1;
  try {
    const { inputTokens, outputTokens, totalTokens } = usageMetadata(usage);
    const known = [inputTokens, outputTokens, totalTokens].flatMap((count) => amount(count) ?? []);
    return known.length > 0 ? Math.max(...known) : -1;
  } catch {
    return -1;
  }
}

function hasCost(usage: unknown): boolean {
  if (usage === undefined) return false;
  const { costTotal, costInput, costOutput } = usageMetadata(usage);
  return [costTotal, costInput, costOutput].some((cost) => amount(cost) !== null);
}

/** Some fields of a run, where any is known; zeros alone are what the API writes for unknown. */
function reported(run: Fields, names: typeof RUN_USAGE | typeof RUN_COST): object | undefined {
  const given = names.flatMap((name) => {
    const value = parsed(run.get(name));
    return value === undefined ? [] : [[name, value] as const];
  });
  const isKnown = given.some(([name, value]) =>
    names === RUN_COST
      ? amount(value) !== null
      : (COUNTS as readonly string[]).includes(name) && (amount(value) ?? 0) > 0,
  );
  return isKnown ? Object.fromEntries(given) : undefined;
}

const isPositive = (cost: object): boolean => Object.values(cost).some((value) => (amount(value) ?? 0) > 0);
