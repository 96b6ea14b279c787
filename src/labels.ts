import { ownValue } from './model/ownValue.ts';

/** The one form or the other of a word: a count may come as it is written for the reader. */
const plural = (count: number | string, one: string, many: string): string => (String(count) === '1' ? one : many);

/**
 * Every word that a reader can see or hear. Hosts replace any of them by the `labels` prop; functions are for plurals
 * and order of words.
 */
export const defaultLabels = {
  // Fields of a span, in columns, tips and details
  span: 'Span',
  kindColumn: 'Kind',
  statusLabel: 'Status',
  serviceColumn: 'Service',
  modelColumn: 'Model',
  providerColumn: 'Provider',
  startsLabel: 'Starts at',
  duration: 'Duration',
  selfTime: 'Own time',
  firstToken: 'First token',
  tokens: 'Tokens',
  inputTokens: 'Input tokens',
  cachedTokens: 'Cached tokens',
  outputTokens: 'Output tokens',
  reasoningColumn: 'Reasoning tokens',
  cost: 'Cost',
  speed: 'Speed',
  children: 'Children',
  error: 'Error',

  // Values of these fields
  kind: (kind: string) =>
    ownValue(
      {
        agent: 'Agent',
        chain: 'Chain',
        llm: 'LLM',
        tool: 'Tool',
        retriever: 'Retriever',
        reranker: 'Reranker',
        embedding: 'Embedding',
        guardrail: 'Guardrail',
        evaluator: 'Evaluator',
        prompt: 'Prompt',
        parser: 'Parser',
        memory: 'Memory',
        event: 'Event',
        http: 'HTTP',
        db: 'Database',
        rpc: 'RPC',
        messaging: 'Messaging',
        span: 'Span',
      },
      kind,
    ) ?? kind,
  status: (status: string) =>
    ownValue(
      {
        ok: 'OK',
        error: 'Error',
        warning: 'Warning',
        unset: 'Unset',
        running: 'No end',
      },
      status,
    ) ?? status,
  role: (role: string) =>
    ownValue(
      {
        system: 'System',
        developer: 'Developer',
        user: 'User',
        assistant: 'Assistant',
        tool: 'Tool',
      },
      role,
    ) ?? role,
  scoreSource: (source: string) =>
    ownValue(
      {
        human: 'by a person',
        llm: 'by a model',
        code: 'by code',
        api: 'by API',
        unknown: '',
      },
      source,
    ) ?? source,
  tokenRate: (rate: string) => `${rate} tok/s`,
  costOrigin: (origin: string) =>
    ownValue(
      {
        computed: 'computed',
        mixed: 'partly computed',
      },
      origin,
    ),
  priced: (priced: number, calls: number) => `${priced} of ${calls} priced`,
  counted: (counted: number, calls: number) => `${counted} of ${calls} counted`,
  conflict: (own: string, below: string) => `reports ${own}, the spans below it add up to ${below}`,
  sumOfSubtree: 'sum of the span and all below it',

  // Recorded text
  masked: (rule: string) => `masked: ${rule}`,
  reveal: (rule: string) => `Show this ${rule}`,
  notShown: 'not shown',
  notRevealed: (rule: string) => `This ${rule} is not shown`,
  contentFailed: 'could not be read',
  showMore: (characters: string) => `Show ${characters} more characters`,

  // Buttons and messages that several parts share
  close: 'Close',
  tryAgain: 'Try again',
  sortBy: 'Sort by',
  ascending: 'Smallest first',
  descending: 'Largest first',
  clearFilter: 'Clear',
  more: (count: number) => `+${count}`,
  place: (line: number) => `line ${line}`,
  slotFailed: 'This part could not be shown.',

  // TraceViewer
  reading: 'Reading the trace',
  notATrace: 'This input is not a trace',
  notRead: 'This input could not be read',
  noSpans: 'No spans',
  noSpansText: 'The input is of a known format but holds no spans.',
  viewerFailed: 'This trace could not be shown',
  viewerFailedText: 'The page around goes on. Try again, or open another one.',

  // The tools of the viewer
  traceTools: 'Trace tools',
  zoom: 'Zoom',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit',
  collapseAll: 'Close all',
  expandAll: 'Open all',
  criticalPath: 'Critical path',
  correctClocks: 'Correct clocks',
  clocksCorrected: 'Clocks corrected',
  clockShift: (service: string, shift: string) => `${service} ${shift}`,
  ownTime: 'Own time',

  // The line below the viewer
  rows: (rows: string, spans: string) =>
    rows === spans ? plural(spans, '1 span', `${spans} spans`) : `${rows} of ${spans} spans`,
  ownWork: 'own work',
  waiting: 'waiting',
  firstTokenMark: 'first token',
  failed: 'failed',
  criticalMark: 'critical path',
  spanKeys: 'span',
  findKey: 'find',
  errorKey: 'next error',
  zoomKeys: 'zoom',
  keysHint: 'keys',

  // The list of keys, and what a key answers
  keys: 'Keys',
  keyList: [
    ['↑ ↓', 'rows'],
    ['→ ←', 'open, close, and the cells of a row'],
    ['Shift+→ Shift+← *', 'the whole subtree, all siblings'],
    ['Home End PageUp PageDown', 'first, last row; a screen up, down'],
    ['Enter Space', 'details of the span'],
    ['/', 'find; Enter and Shift+Enter step'],
    ['E Shift+E', 'next, previous failed span'],
    ['T Shift+T', 'next, previous slowest step'],
    ['$', 'next costliest step'],
    ['] [', 'next, previous span on the critical path'],
    ['+ - W S', 'zoom in, out'],
    ['A D', 'earlier, later; with Shift further'],
    ['0', 'the whole trace'],
    ['F', 'fit the span'],
    ['I', 'shorten idle time'],
    ['R Shift+R Z', 'mark the span’s time, add another’s, zoom to it'],
    ['1 … 9', 'tabs of the details'],
    ['C', 'copy the span id'],
    ['Esc', 'back, one thing at a time'],
    ['?', 'this list'],
  ] as readonly (readonly [keys: string, effect: string])[],
  idCopied: 'Span id copied',
  idNotCopied: 'The browser did not let the span id be copied',
  idleShortened: 'Idle time shortened',
  idleShown: 'All idle time shown',
  noIdle: 'No idle time to shorten',
  noCosts: 'No costs are recorded',
  failedElsewhere: (trace: string) => `Failed in another trace: ${trace}`,

  // TraceHeader
  spans: 'Spans',
  traceId: 'trace',
  session: 'session',
  user: 'user',
  unfinished: 'Not finished',
  inAll: (duration: string) => `${duration} in all`,
  errorCount: (count: number, written: string) => plural(count, '1 error', `${written} errors`),
  noErrors: 'No errors',
  noErrorsRecorded: 'No errors recorded',
  nextError: 'Next error',
  nextSlowest: 'Next slowest step',
  nextCostliest: 'Next costliest step',

  // TraceChooser
  chooseTrace: 'Trace',
  allTraces: 'All traces',
  thisSession: 'This session',
  failedTraces: (count: number, written: string) =>
    plural(count, '1 other trace failed', `${written} other traces failed`),

  // TraceList
  traces: 'Traces',
  findTrace: 'Find by name, id, session, user, tag',
  tracesFound: (found: string, all: string) =>
    found === all ? plural(all, '1 trace', `${all} traces`) : `${found} of ${all} traces`,
  noTraces: 'No traces',
  noTraceFound: 'No trace matches',
  traceName: 'Name',
  start: 'Start',
  services: 'Services',
  sessionColumn: 'Session',
  userColumn: 'User',
  tags: 'Tags',
  errors: 'Errors',

  // TraceSession
  turn: 'Turn',
  turns: (count: number, written: string) => plural(count, '1 turn', `${written} turns`),
  turnsOf: (session: string) => `Turns of session ${session}`,
  turnAsked: 'asked:',
  turnAnswered: 'answered:',
  busyTime: 'Working',
  idleTime: 'Idle',
  shortened: 'shortened',
  afterPause: (length: string) => `after ${length} idle`,
  noTimes: 'no times recorded',

  // TraceTree and TraceGantt
  spansOf: (trace: string) => `Spans of ${trace}`,
  timeline: 'Timeline',
  columnWidth: (column: string) => `Width of ${column}`,

  // The name of a span, and what stands beside it
  clockMoved: 'clock moved',
  noParent: 'no parent',
  noEnd: 'no end',
  noStart: 'no start',
  clockOrder: 'ends before start',
  outsideParent: 'outside parent',
  openedCircle: 'circle',
  sameId: 'same id',
  failedBelow: 'A span inside failed',
  turnsOfAgent: (count: number, written: string) =>
    plural(
      count,
      '1 turn: a call of its model',
      `${written} turns: calls of its model, without those inside its tools and other agents`,
    ),
  documentCount: (count: number, written: string) => plural(count, '1 doc', `${written} docs`),
  documentWords: (count: number, written: string) => plural(count, '1 document', `${written} documents`),
  documentsKept: (before: string, after: string, count: number) =>
    plural(count, `${before} → 1 doc`, `${before} → ${after} docs`),
  documentsKeptWords: (before: string, after: string) => `${after} of ${before} documents`,
  foundInContent: 'found in what the span holds',
  matchesInside: (count: string) => plural(count, '1 match inside', `${count} matches inside`),

  // The bar of a span, in words
  startsAt: (start: string, length: string) => `starts at ${start}, lasts ${length}`,
  startsAtOpen: (start: string) => `starts at ${start}, no end recorded`,
  firstTokenAfter: (time: string) => `first token after ${time}`,
  hasFailed: 'failed',
  onCriticalPath: (time: string) => `on the critical path for ${time}`,
  criticalPathWithin: (time: string) => `the critical path runs inside it for ${time}`,
  besideSiblings: (count: string, siblings: string, of: number) =>
    `at the same time as ${count} of ${siblings} ${plural(of, 'sibling', 'siblings')}`,
  afterSibling: (name: string) => `after ${name}`,

  // The time axis
  idle: (length: string) => `${length} idle`,
  shortenIdle: 'Shorten idle time',
  shortenIdleShort: 'Shorten',
  showIdle: 'Show all idle time',
  showIdleShort: 'Show all',
  idleShare: (percent: string) => `${percent} % idle`,
  idleMeans:
    'Time in which no step is recorded: only agents, chains and what stands around them go on, or nothing does',
  range: 'Marked time',
  rangeMarked: (length: string) => `${length} marked. Z zooms, Escape clears.`,
  clearRange: 'Clear the mark',

  // TraceMinimap
  minimap: 'Overview of the whole trace',
  windowStart: 'Start of the shown time',
  windowEnd: 'End of the shown time',
  moveWindow: 'Move window',
  fromTo: (from: string, to: string) => `${from} to ${to}`,
  inView: (from: string, to: string) => `${from} – ${to} in view`,

  // ColumnMenu
  columns: 'Columns',
  resetColumns: 'Reset',
  traceOrder: 'Order of the trace',
  attributeKey: 'Attribute',
  addColumn: 'Add column',
  twoColumnsFit: 'The first two fit at this width.',

  // TraceSearch
  find: 'Find spans',
  findHint: 'Find words, kind:llm, cost>0.01',
  searching: 'searching…',
  matches: (at: number, count: number) => {
    if (count === 0) return 'no match';
    return at > 0 ? `${at} of ${count}` : plural(count, '1 match', `${count} matches`);
  },
  matchesSoFar: (at: number, count: number) => (at > 0 ? `${at} of ${count}…` : `${count} matches…`),
  noMatch: 'No span matches',
  nextMatch: 'Next match',
  previousMatch: 'Previous match',
  hideRest: 'Hide what does not match',
  chosen: (count: number, written: string) => `${written} chosen`,
  suggestions: 'Suggestions',
  fieldHelp: 'What can be asked',
  queryRules:
    'Words are looked for in names and in all that spans hold. All have to match. ' +
    '"Quotes" keep words together, -word leaves out, commas offer a choice, * stands for any letters.',
  queryField: (field: string) =>
    ownValue(
      {
        kind: 'what the step is',
        status: 'ok, error, warning, unset, running',
        service: 'which service recorded it',
        model: 'model',
        name: 'in the name',
        duration: 'how long it took',
        self: 'own time, without children',
        cost: 'in dollars',
        tokens: 'all tokens',
        input: 'input tokens',
        output: 'output tokens',
        cached: 'tokens read from a cache',
        reasoning: 'reasoning tokens',
        error: 'in the error message',
        score: 'value or label of a score',
        first: 'time to the first token',
        start: 'when it starts, from the beginning of the trace',
        provider: 'provider of the model',
        depth: 'level in the tree, from 0',
        children: 'number of children',
        is: 'error, root, leaf, open, orphan',
        has: 'whether a field is there',
        diag: 'what was repaired in reading',
        id: 'span id',
        session: 'session',
        user: 'user',
        in: 'in input and messages to it',
        out: 'in output and its messages',
        tool: 'tool that was called',
        attr: 'any attribute, by its key',
      },
      field,
    ) ?? '',
  queryProblem: (
    _code: string,
    _facts: { readonly text: string; readonly field?: string; readonly nearest?: string },
    english: string,
  ) => english,

  // TraceDiagnostics
  diagnostics: (count: number) => plural(count, '1 note', `${count} notes`),
  accounting: (entries: string, shown: string, merged: string, skipped: string) =>
    `${entries} entries in the input: ${shown} shown, ${merged} merged, ${skipped} left out.`,
  showSpan: 'Show',
  showNextSpan: 'Show next',

  // SpanDetail
  detailsOf: (span: string) => `Details of ${span}`,
  detailWidth: 'Width of the details',
  path: 'Path',

  // Panels of SpanDetail
  messages: 'Messages',
  inputOutput: 'Input & output',
  attributes: 'Attributes',
  events: 'Events',
  links: 'Links',
  scores: 'Scores',
  raw: 'Raw',

  // Failures, links, scores
  stackTrace: 'Stack trace',
  linkOut: 'Points to',
  linkIn: 'Pointed to by',
  otherTrace: 'in another trace',
  notInInput: 'a span that is not in the input',
  score: 'score',
  metadata: 'metadata',

  // Input and output
  input: 'Input',
  output: 'Output',
  query: 'Query',
  documents: 'Documents',
  before: 'Before',
  after: 'After',
  arguments: 'Arguments',
  result: 'Result',
  tools: 'Tools',
  promptTemplate: 'Prompt template',
  variables: 'Variables',
  embeddings: 'Embeddings',
  dimensions: 'dimensions',
  resource: 'Resource',
  scope: 'Scope',

  // Messages
  toolCalls: (count: number) => plural(count, '1 tool call', `${count} tool calls`),
  finish: (reason: string) => `finish: ${reason}`,
  reasoning: 'Reasoning',
  refusal: 'Refusal',
  media: (type: string) => `${type}, not loaded`,

  // Usage
  uncached: 'input',
  cached: 'cached',
  cacheWrite: 'cache write',
  outputText: 'output',
  reasoningTokens: 'reasoning',
  audio: 'audio',
};

export type Labels = typeof defaultLabels;
