import { isObject, type Fields } from '../../conventions/json.ts';

/** What is known by no more than an error in it. */
export const REFUSED = 'the answer of a server that failed or refused';

/** Whether some object of a list has a field. */
const someEntry = (list: unknown, field: string): boolean =>
  Array.isArray(list) && list.some((each) => isObject(each) && field in each);

/** Fields that a line of a log has, and a span has not. */
const LOG_FIELDS = [
  'body',
  '_body',
  'msg',
  'message',
  'level',
  'severity',
  'severityNumber',
  'severity_number',
  'hrTime',
];
const hasIds = (it: Fields): boolean =>
  ('trace_id' in it && 'span_id' in it) || ('traceId' in it && 'spanId' in it) || isObject(it['spanContext']);

/** A table of Grafana: what its columns are, and these. */
const isFrame = (it: unknown): boolean =>
  isObject(it) && isObject(it['schema']) && Array.isArray(it['schema']['fields']) && isObject(it['data']);
const holdsFrames = (it: unknown): boolean => isObject(it) && Array.isArray(it['frames']) && it['frames'].some(isFrame);

/** JSON that is met where traces are, and is none that is read: what it is, and what would be read in its place. */
const LOOK_ALIKES: readonly (readonly [what: string, is: (document: Fields) => boolean])[] = [
  ['rows of Honeycomb, which are not read', (it) => 'trace.trace_id' in it || 'trace.span_id' in it],
  [
    'a trace of AWS X-Ray, which is not read',
    (it) => Array.isArray(it['Traces']) || 'Segments' in it || ('subsegments' in it && 'start_time' in it),
  ],
  [
    'rows of Elasticsearch, which are not read',
    (it) => (isObject(it['hits']) && Array.isArray(it['hits']['hits'])) || 'processor.event' in it || '_source' in it,
  ],
  [
    'a table of Azure’s Application Insights, which is not read',
    (it) => someEntry(it['tables'], 'columns') || ('operation_Id' in it && 'itemType' in it),
  ],
  [
    'rows of SigNoz, which are not read',
    (it) => ('durationNano' in it || 'duration_nano' in it) && ('spanID' in it || 'span_id' in it || 'spanId' in it),
  ],
  [
    'a data frame of Grafana, which is not read; “Download traces” in its inspector gives a file that is',
    (it) => isFrame(it) || (isObject(it['results']) && Object.values(it['results']).some(holdsFrames)),
  ],
  [
    'a replay of GitHub Copilot Chat, which holds no times; its “Export” of the debug panel is OTLP',
    (it) => Array.isArray(it['prompts']) && 'totalPrompts' in it,
  ],
  [
    'log records, which are shown as events of the spans that they name, and none of these is here',
    (it) =>
      'resourceLogs' in it ||
      'resource_logs' in it ||
      (hasIds(it) && !('start_timestamp' in it) && LOG_FIELDS.some((field) => field in it)),
  ],
  [
    'a document of spanwise of a version that this one does not read',
    (it) => typeof it['format'] === 'string' && it['format'].startsWith('spanwise/'),
  ],
  [
    'spans of Datadog’s agent, which are not read; its collector turns them into OTLP',
    (it) => 'trace_id' in it && 'span_id' in it && 'start' in it && 'duration' in it && 'service' in it,
  ],
  [
    'a recording of a browser’s performance tools (Chrome trace events)',
    (it) => Array.isArray(it['traceEvents']) || ('ph' in it && 'ts' in it),
  ],
  ['a recording of HTTP requests (HAR)', (it) => isObject(it['log']) && Array.isArray(it['log']['entries'])],
  [
    'the answer of a chat model, without a trace around it',
    (it) => Array.isArray(it['choices']) || (it['role'] === 'assistant' && 'content' in it && 'usage' in it),
  ],
  [
    'chat messages, without a trace around them',
    (it) => ('role' in it && 'content' in it) || (Array.isArray(it['messages']) && !('id' in it)),
  ],
  [
    'search results that name traces; each trace is in a file or answer of its own',
    (it) =>
      Array.isArray(it['traces']) &&
      it['traces'].some((each) => isObject(each) && 'traceID' in each && !('spans' in each)),
  ],
  [
    REFUSED,
    (it) =>
      Object.keys(it).length <= 6 &&
      (isFailure(it['error']) ||
        isFailure(it['errors']) ||
        typeof it['detail'] === 'string' ||
        ('statusCode' in it && typeof it['message'] === 'string')),
  ],
];

const isFailure = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || (Array.isArray(value) && value.length > 0) || isObject(value);

/** Names what a document of no known format is; null where that is not clear. Quotes nothing of its content. */
export function lookAlike(document: unknown): string | null {
  if (typeof document === 'string')
    return /^\s*[[{]/.test(document) ? 'JSON inside a text, that is, encoded twice' : null;
  const subject: unknown = Array.isArray(document)
    ? (document.find(isObject) ?? (Array.isArray(document[0]) ? document[0].find(isObject) : undefined))
    : document;
  return isObject(subject) ? (LOOK_ALIKES.find(([, is]) => is(subject))?.[0] ?? null) : null;
}
