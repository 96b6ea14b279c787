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
  partlyRead: 'Only partly read',
  totalsAtLeast: 'Totals are at least what is shown.',
  atLeast: 'at least',
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
  byService: 'by service',

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
    ['Shift+Enter', 'the details wide, to read'],
    ['Ctrl+F', 'find in the details, from inside them'],
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
  findTrace: 'Find by name, id, tag, status:error, cost>0.1',
  tracesFound: (found: string, all: string) =>
    found === all ? plural(all, '1 trace', `${all} traces`) : `${found} of ${all} traces`,
  noTraces: 'No traces',
  spread: 'Spread',
  spreadOver: (least: string, most: string) => `${least} to ${most}: drag to choose`,
  nothingKnown: 'not recorded',
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
  statusBySign: (sign: string) => `No status is recorded; this is told by ${sign}.`,
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

  // Usage
  uncached: 'input',
  cached: 'cached',
  cacheWrite: 'cache write',
  outputText: 'output',
  reasoningTokens: 'reasoning',
  audio: 'audio',

  // Values, find and copies in the details
  findInDetail: 'Find in these details',
  closeFind: 'Close find',
  found: (count: string) => (count === '1' ? '1 match' : `${count} matches`),
  wide: 'Wide',
  copyMenu: 'Copy',
  copyWhat: (scope: string, format: string) => `${scope} as ${format}`,
  copyScope: (scope: string) =>
    ownValue({ span: 'Span', subtree: 'Span and all below', conversation: 'Conversation', trace: 'Trace' }, scope) ??
    scope,
  copyFormat: (format: string) => ownValue({ json: 'JSON', otlp: 'OTLP', markdown: 'Markdown' }, format) ?? format,
  copying: 'Copying…',
  copied: (what: string) => `${what} copied`,
  copyId: (name: string) => `Copy the ${name}`,
  traceIdName: 'trace id',
  spanIdName: 'span id',
  showAs: 'Show as',
  valueView: (view: string) =>
    ownValue({ text: 'Text', markdown: 'Markdown', json: 'JSON', code: 'Code' }, view) ?? view,
  showAll: (characters: string) => `Show all ${characters} characters`,
  showAllRows: (rows: string) => `Show all ${rows} rows`,
  showLess: 'Show less',
  preparing: 'Preparing…',
  whitespace: 'Show spaces and hidden characters',
  linesFromTo: (from: string, to: string, all: string) => `Lines ${from} to ${to} of ${all}`,
  partBefore: 'Before',
  partAfter: 'After',
  structure: 'Structure',
  keyCount: (count: number, written: string) => (count === 1 ? '1 key' : `${written} keys`),
  itemCount: (count: number, written: string) => (count === 1 ? '1 item' : `${written} items`),
  jsonWithin: (count: string) => `JSON in a text · ${count}`,
  cutOff: (count: string) => `not read further · ${count}`,
  openJson: 'Open JSON',
  copyPath: 'Copy path',
  pathCopied: 'Path copied',
  copyValue: 'Copy',
  valueCopied: 'Copied',
  mediaType: (type: string) => ownValue({ image: 'Image', audio: 'Audio', video: 'Video', file: 'File' }, type) ?? type,
  kilobytes: (count: string) => `${count} KB`,
  notLoaded: 'not loaded',
  notShownHere: 'its bytes are in the record',
  showImage: 'Show image',
  imageFailed: 'The image could not be shown',
  openLink: 'Opens another page',
  notCopied: 'The browser did not let this be copied',

  // Panels by kind of span
  goTo: (span: string) => `Go to ${span}`,
  emptyText: 'empty text',
  noAnswer: 'No answer is recorded',
  newInCall: 'new',
  changedInCall: (change: string) =>
    ownValue({ system: 'other instructions', result: 'other result', edited: 'edited' }, change) ?? 'changed',
  asBefore: (count: number, written: string) => (count === 1 ? '1 message as before' : `${written} messages as before`),
  earlierMessages: (count: number, written: string) =>
    plural(count, '1 earlier message', `${written} earlier messages`),
  resultsAbove: (count: number, written: string) =>
    plural(count, 'Result, shown with its call', `${written} results, shown with their calls`),
  history: (history: string, dropped: number, written: string) => {
    const messages = dropped === 1 ? '1 message' : `${written} messages`;
    const gone = dropped === 1 ? 'is not sent any more' : 'are not sent any more';
    return (
      ownValue(
        {
          compacted: `The history was compacted: a summary stands for ${messages}`,
          trimmed: `${messages} of the call before ${gone}`,
          branched: 'Goes on from an earlier point of the conversation',
          repeated: 'The same messages as in the call before: asked again',
        },
        history,
      ) ?? ''
    );
  },
  writtenBy: 'written by',
  emptyMessage: 'Nothing is recorded in this message',
  noText: 'No text is recorded',
  reasoningHidden: 'Reasoning, encrypted or redacted by the provider: it cannot be read',
  reasoningEmpty: 'Reasoning, of which no text is recorded',
  characters: (count: number, written: string) => (count === 1 ? '1 character' : `${written} characters`),
  unknownPart: 'Of unknown type',
  noResult: 'No result is recorded',
  emptyResult: 'The result is empty',
  noArguments: 'No arguments',
  parameters: 'Parameters',
  noSchema: 'No schema is recorded',
  schema: 'Schema',
  toldIn: 'told in',
  goal: 'Goal',
  steps: 'Steps',
  inside: 'All inside',
  notListed: (count: number, written: string) =>
    plural(count, '1 more is not listed', `${written} more are not listed`),
  unfilled: 'has no value',
  unfilledVariables: (count: number, written: string) =>
    plural(count, '1 variable has no value:', `${written} variables have no value:`),
  notInTemplate: 'not in the template',
  noRequest: 'Nothing is recorded of this request but its time',
  statement: 'Statement',
  address: 'address',
  action: 'Action:',
  checks: 'Checks',
  outcome: (outcome: string) => ownValue({ passed: 'pass', failed: 'fail' }, outcome) ?? outcome,
  noOutcome: 'no verdict',
  threshold: (threshold: string) => `threshold ${threshold}`,
  embeddedText: 'Text',
  norm: 'norm',
  firstValues: (shown: string, all: string) =>
    shown === all ? `all ${all} values` : `first ${shown} of ${all} values`,
  ranking: 'Ranking',
  noDocuments: 'No documents',
  document: 'document',
  noLaterCall: 'no later call of a model',
  reachedPrompt: (count: number, written: string) =>
    count === 0 ? 'none reached a prompt' : `${written} reached a prompt`,
  reach: (reach: string, percent: string) =>
    ownValue(
      {
        whole: 'whole in the prompt of',
        part: `${percent} % of it in the prompt of`,
        none: 'in no later prompt',
        unknown: 'its text is not recorded',
      },
      reach,
    ) ?? reach,
  andOthers: (count: number, written: string) => (count === 1 ? 'and 1 other' : `and ${written} others`),
  sameAs: (place: string) => `same as ${place}`,
  noScore: 'no score',
  scoreKind: (kind: string) => ownValue({ distance: 'distance', relevance: 'relevance', similarity: '' }, kind) ?? kind,
  dropped: 'dropped',
  wasNotThere: 'new',
  droppedDocuments: (count: number, written: string) => (count === 1 ? '1 was dropped' : `${written} were dropped`),
  rankChange: (before: number, after: number) => `from place ${before} to ${after}`,
  scoreChange: (change: string) => `score ${change}`,
  asRecorded: 'As recorded',
  libraryFrames: (count: number, written: string) => (count === 1 ? '1 frame of' : `${written} frames of`),
  noTime: 'no time',
  copyValueOf: (name: string) => `Copy ${name}`,
  copyGroup: (name: string) => `Copy all of ${name}`,
  findAttribute: 'Find attributes',
  attributesFound: (count: number, written: string) => (count === 0 ? 'none' : written),
  otherAttributes: 'Others',
  trace: 'Trace',
  scoreLevel: (level: string) => ownValue({ trace: 'of the trace', session: 'of the session' }, level) ?? level,
  noScores: 'No scores',
  metadataTitle: 'Metadata',
  environment: 'Environment',
  release: 'Release',
  traceIdTitle: 'Trace id',
  spanIdTitle: 'span',
  costPart: (part: string, name: string | null) =>
    ownValue(
      {
        cacheRead: 'cached',
        cacheWrite: 'cache write',
        input: 'input',
        audioInput: 'audio',
        output: 'output',
        reasoning: 'reasoning',
        audioOutput: 'audio',
        rest: 'not told apart',
      },
      part,
    ) ?? `${name ?? part}`,
  allScores: 'All scores',
  argumentsColumn: 'Arguments',
  argumentsInRows: 'Arguments behind the names of tools',
};

export type Labels = typeof defaultLabels;
