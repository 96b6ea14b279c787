import type { CacheBreak, CacheState, ContextSection } from './analysis/contextWindow/types.ts';
import { findingSentence, type Finding } from './analysis/agents/findingWords.ts';
import type { StatisticsBy } from './analysis/statistics/types.ts';
import type { FlameMeasure } from './layout/flame/types.ts';
import type { Format } from './format.ts';

const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/**
 * Words of parts that are fetched after the first picture, and fetched with them. Hosts replace them by the `labels`
 * prop like all others.
 */
export const laterLabels = {
  // Rows: a step that failed and was tried again
  triedAgain: 'tried again',
  retry: (number: string) => `retry ${number}`,
  attempt: (number: string, of: string) => `attempt ${number} of ${of}`,
  workedInTheEnd: 'the last one worked',
  neverWorked: 'none worked',

  // A trace that still arrives
  newSpans: (count: number, written: string) => plural(count, '1 new span', `${written} new spans`),
  goToNewest: 'Go to the newest, and follow',
  /** What screen readers hear, every few seconds; `failed` is null where none did. */
  arrived: (count: number, written: string, failed: string | null, total: string) =>
    [
      plural(count, '1 new span', `${written} new spans`),
      ...(failed === null ? [] : [`${failed} failed`]),
      `${total} so far`,
    ].join(', '),
  nothingMore: (total: string) => `Live ended, ${total} spans`,
  following: 'Following what arrives',
  notFollowing: 'Not following',
  notLive: 'Nothing arrives here any more',

  // SpanDetail: a step that others name as their parent, and that is not there
  stepNotArrived: (count: number, written: string) =>
    `This step has not arrived. ${plural(count, 'The step below it names', `${written} steps below it name`)} it as ${plural(count, 'its', 'their')} parent.`,
  stepMissing: (count: number, written: string) =>
    `This step is not in what was read. ${plural(count, 'The step below it names', `${written} steps below it name`)} it as ${plural(count, 'its', 'their')} parent: it may not have been kept, or stand in another file or service.`,
  namedByLabel: 'Steps that name it',

  // TraceFlameGraph
  flameOf: (trace: string) => `Flame graph of ${trace}`,
  flameMeasureLabel: 'Width',
  flameMeasure: (measure: FlameMeasure) =>
    ({
      time: 'Time',
      own: 'Own time',
      cost: 'Cost',
      errors: 'Failed spans',
      tokens: 'Tokens',
      input: 'Input tokens',
      inputUncached: 'Uncached tokens',
      cacheRead: 'Tokens from a cache',
      cacheWrite: 'Tokens to a cache',
      audioInput: 'Audio input tokens',
      output: 'Output tokens',
      outputText: 'Text output tokens',
      reasoning: 'Reasoning tokens',
      audioOutput: 'Audio output tokens',
    })[measure],
  flameMerged: 'By call path',
  flameInverted: 'Who called it',
  flameAll: 'Show all',
  flameReading: 'Drawing…',
  flameEmpty: 'Nothing of this is recorded in this trace',
  flameShare: (amount: string, percent: string) => `${amount}, ${percent} % of all`,
  flameOwn: (amount: string) => `${amount} of its own`,
  flameSpans: (count: number, written: string) => plural(count, '1 span', `${written} spans`),
  flameOwnLabel: 'Of its own',
  flameCutLabel: 'Too small to draw',

  // TraceStatistics
  statisticsOf: (trace: string) => `Statistics of ${trace}`,
  statisticsOfTraces: (count: string) => `Statistics of ${count} traces`,
  statisticsBy: 'By',
  groupedBy: (by: StatisticsBy) =>
    ({ name: 'Name', kind: 'Kind', model: 'Model', service: 'Service', agent: 'Agent' })[by],
  withoutGroup: (by: StatisticsBy) =>
    ({ name: 'no name', kind: 'no kind', model: 'no model', service: 'no service', agent: 'outside of agents' })[by],
  statisticsRows: (count: number, written: string) => plural(count, '1 row', `${written} rows`),
  statisticsReading: 'Adding up…',
  statisticsEmpty: 'No span matches',
  totalTime: 'Total',
  median: 'p50',
  percentile95: 'p95',
  histogram: 'Durations',
  histogramWords: (count: string, from: string, to: string) => `${count} between ${from} and ${to}`,
  failedSpans: (count: string) => `${count} failed`,

  // TraceFindings
  findings: 'Findings',
  findingCount: (count: number, written: string) => plural(count, '1 finding', `${written} findings`),
  /** What stands in the list for a finding; null = its own message, as for the rules of a host. */
  findingSentence: ({ code, facts }: Finding, format: Format): string | null => findingSentence(code, facts, format),
  findingSeverity: (severity: Finding['severity']) => ({ error: 'Error', warning: 'Warning', info: 'Note' })[severity],
  findingPlace: (place: number, count: number) => `${place} of ${count}`,
  noFindings: 'Nothing stands out',
  findingsPending: 'Still looking',
  closeFindings: 'Close the list',

  // TraceSpeedups
  speedups: 'Speed-ups',
  speedupSooner: (time: string) => `${time} sooner if each took half`,
  speedupCached: (time: string) => `${time} if it took no time`,
  speedupCalls: (count: number, written: string) => plural(count, '1 call', `${written} calls`),
  noSpeedups: 'No step would make the trace end sooner',
  speedupsMean: 'How much sooner the trace would end, all else as it was',

  // Concurrency
  atOnce: (count: string) => `${count} at once`,
  concurrencySummary: (peak: string) => `At most ${peak} steps at work at once`,
  fanOut: (members: string, peak: number, written: string, lost: string | null) =>
    `${members} branches, ran ${plural(peak, '1 at a time', `up to ${written} at once`)}${
      lost === null ? '' : `, ${lost} lost`
    }`,
  fanOutLabel: 'Branches',

  // AgentGraph
  graphOf: (trace: string) => `Agent graph of ${trace}`,
  graphReading: 'Looking who called whom…',
  graphEmpty: 'Nobody calls anybody in this trace',
  graphModes: 'What lines say',
  graphMode: (mode: 'calls' | 'run') => ({ calls: 'Who calls whom', run: 'As it ran' })[mode],
  graphMeasure: 'Width of lines',
  graphMeasureName: (measure: 'calls' | 'time' | 'cost' | 'tokens' | 'errors') =>
    ({ calls: 'Calls', time: 'Time', cost: 'Cost', tokens: 'Tokens', errors: 'Errors' })[measure],
  graphFit: 'Fit',
  graphKind: (kind: string) =>
    new Map([
      ['llm', 'model'],
      ['chain', 'step'],
      ['span', 'step'],
    ]).get(kind) ?? kind,
  graphEntry: 'begins here',
  graphWithin: (name: string) => `in ${name}`,
  graphMore: (count: number, written: string) => `and ${written} more`,
  graphEdge: (type: 'call' | 'next' | 'handoff', from: string, to: string) =>
    ({ call: `${from} calls ${to}`, next: `after ${from} comes ${to}`, handoff: `${from} hands over to ${to}` })[type],
  graphHandoff: 'hand-off',
  graphCalls: (count: number, written: string) => plural(count, '1 call', `${written} calls`),
  graphErrors: (count: number, written: string) => `${written} failed`,
  graphTokens: (written: string) => `${written} tokens`,
  graphAgain: (count: number, written: string) =>
    plural(count, 'once more around a loop', `${written} times more around a loop`),
  graphConnections: 'Connections',
  graphConnectionCount: (count: number, written: string) => plural(count, '1 connection', `${written} connections`),
  graphHidden: (written: string) => `${written} thin lines are in the list alone`,
  graphAllConnections: 'All connections',
  graphFind: 'Find these calls',
  graphFindAll: 'Find all calls of it',
  graphCallPlace: (place: string) => `#${place}`,

  // Slack
  slackLabel: 'Slack',
  slack: (time: string) => `could take ${time} longer without moving the end`,
  noSlack: 'none: the end of the trace waits for it',
  ifHalf: 'If it took half',
  endsSooner: (time: string) => `the trace ends ${time} sooner`,

  // ContextWindow
  contextOf: (agent: string) => `Context window of ${agent}`,
  contextReading: 'Reading the prompts…',
  contextEmpty: 'No calls of a model are recorded in this trace',
  contextAgent: 'Agent',
  contextNoAgent: 'outside any agent',
  contextAgentChoice: (name: string, calls: number, written: string) =>
    `${name} · ${plural(calls, '1 call', `${written} calls`)}`,
  contextSection: (section: ContextSection) =>
    ({
      unrecorded: 'Not recorded',
      tools: 'Tools',
      system: 'System',
      history: 'History',
      toolResults: 'Tool results',
      input: 'New input',
      output: 'Output',
    })[section],
  contextShares: 'Tokens of sections are estimates (≈): the recorded tokens, shared out by characters.',
  contextCharacters: 'No tokens are recorded: sections are in characters.',
  contextCall: (number: string, of: string) => `Call ${number} of ${of}`,
  contextCallNumber: (number: string) => `Call ${number}`,
  contextLimit: (tokens: string) => `limit ${tokens}`,
  contextOfLimit: (tokens: string, limit: string, percent: string) => `${tokens} of ${limit} · ${percent} %`,
  contextPeak: 'Fullest',
  contextAtCall: (number: string) => `call ${number}`,
  contextCached: 'Read from cache',
  contextLost: 'Cache lost',
  contextChanged: 'Prompt changed',
  contextLostTokens: 'Paid again',
  contextAgainTokens: 'Sent again',
  contextLostCost: 'Cost of that',
  contextTimes: (count: number, written: string) => plural(count, 'once', `${written} times`),
  contextCompacted: 'compacted',
  contextCalls: 'Calls of the agent, from first to last',
  contextCacheMap: 'Prompt cache',
  contextCacheParts: {
    read: 'read from cache',
    same: 'the same, no cache numbers',
    lost: 'sent before, paid again',
    again: 'sent before, behind a change',
    fresh: 'new',
  },
  contextBreaks: 'Where the cache was lost',
  contextChanges: 'Where the beginning of the prompt changed',
  contextNoBreaks:
    'Nowhere: as far as is recorded, every call begins as the one before it, and that was read from the cache.',
  contextNoNumbers: 'No numbers of a cache are recorded: only changes of the prompt are known.',
  contextCause: (cause: CacheBreak, place: 'tools' | 'system' | 'messages' | null, pause: string) => {
    const within = place === 'system' ? 'the system prompt' : 'a message';
    return {
      model: 'Another model, with a cache of its own',
      tools: 'Definitions of tools changed',
      toolOrder: 'Tools in another order',
      system: 'System prompt changed',
      volatile: `A time, date, id or count in ${within} changed`,
      edited: 'A message sent before was changed',
      trimmed: 'Older messages were left out',
      branched: 'Taken up from an earlier point',
      compaction: 'History replaced by a summary',
      idle: `A pause of ${pause}: longer than caches are kept`,
      miss: 'The same beginning, and the provider did not read it',
      unrecorded: 'Not read; why is not recorded',
    }[cause];
  },
  contextState: (state: CacheState) =>
    ({
      first: 'The first call of a conversation',
      kept: 'The beginning was read from the cache',
      broken: 'Cache broken',
      missed: 'Cache missed',
      short: 'Too short to be cached',
      unknown: 'The same beginning; no cache numbers are recorded',
    })[state],
  contextContradicted: 'The record differs from the call before, yet it was read from the cache',
  contextBefore: 'Before',
  contextNow: 'Now',
  contextNothing: 'nothing',
  contextPlace: (place: 'tools' | 'system' | 'messages', message: string | null, tool: string | null) => {
    if (place === 'tools') return tool === null ? 'tools' : `tool ${tool}`;
    return place === 'system' ? 'system prompt' : `message ${message ?? ''}`.trim();
  },
  contextShow: 'Details',
  contextCompare: (number: string) => `Compare with call ${number}`,
  contextLargest: 'Largest tool results',
  contextOther: 'without a name',
  contextAbout: (amount: string) => `≈ ${amount}`,
  contextTable: 'As a table',
  contextInput: 'Input',
  contextCacheColumn: 'Cache',
};

export type LaterLabels = typeof laterLabels;
