import { findingSentence, type Finding } from './analysis/agents/findingWords.ts';
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
};

export type LaterLabels = typeof laterLabels;
