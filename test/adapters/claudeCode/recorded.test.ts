import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, toNativeJson, type Trace, type TraceSet } from '../../../src/core.ts';

const read = (part: string): string =>
  readFileSync(new URL(`../../fixtures/claude-code/ferry-desk.${part}.jsonl`, import.meta.url), 'utf8');

interface Line {
  readonly type: string;
  readonly totalCostUSD?: number;
  readonly total_cost_usd?: number;
  readonly message?: { readonly id?: string; readonly usage?: Record<string, number> };
}
const linesOf = (part: string): readonly Line[] =>
  read(part)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

/** Straight from the lines: each answer once, as its last line counts it. */
const usages = new Map(
  [...linesOf('session'), ...linesOf('agent')].flatMap(({ message }) =>
    message?.usage ? [[message.id, message.usage] as const] : [],
  ),
);
const sum = (key: string): number => [...usages.values()].reduce((all, usage) => all + usage[key]!, 0);
const counted = {
  input: sum('input_tokens') + sum('cache_read_input_tokens') + sum('cache_creation_input_tokens'),
  cacheRead: sum('cache_read_input_tokens'),
  output: sum('output_tokens'),
};
const spent = linesOf('session').find(({ type }) => type === 'cost-state')!.totalCostUSD!;

const total = ({ traces }: TraceSet) => {
  const sums = traces.map((trace) => ledger(trace).total);
  const all = (amount: (entry: (typeof sums)[number]) => number | null): number =>
    sums.reduce((so, entry) => so + (amount(entry) ?? 0), 0);
  return {
    tokens: {
      input: all(({ usage }) => usage.input),
      cacheRead: all(({ usage }) => usage.cacheRead),
      output: all(({ usage }) => usage.output),
    },
    cost: all(({ cost }) => cost.total),
  };
};
const named = (trace: Trace, name: string) => [...trace.spans()].filter((span) => span.name.startsWith(name));
const spans = ({ traces }: TraceSet) => traces.flatMap((trace) => [...trace.spans()]);

describe('one run of Claude Code, which left a session, prints and traces', async () => {
  const session = await parseTraces([read('session'), read('agent')]);
  const printed = await parseTraces(read('stream'));
  const exported = await parseTraces(read('otlp'));

  it('has the same tokens in all three, agents that were sent off included', () => {
    expect(counted).toEqual({ input: 22_272, cacheRead: 21_000, output: 240 });
    for (const set of [session, printed, exported]) expect(total(set).tokens).toEqual(counted);
  });

  it('cost what the program says, call by call where that is logged', () => {
    expect(total(printed).cost).toBeCloseTo(spent, 9);
    expect(total(exported).cost).toBeCloseTo(spent, 9);
    const calls = spans(exported).filter(({ kind }) => kind === 'llm');
    expect(calls).toHaveLength(6);
    expect(calls.every(({ cost }) => (cost?.total ?? 0) > 0)).toBe(true);
    // Of two turns nobody says what each cost.
    expect(session.traces.map(({ metadata }) => metadata['totalCostUSD'])).toEqual([spent, spent]);
    expect(total(session).cost).toBe(0);
  });

  it('does not take the output of a beginning for the output', () => {
    const calls = spans(printed).filter(({ kind }) => kind === 'llm');
    expect(calls.map(({ usage }) => [usage!.output, usage!.total])).toEqual(calls.map(() => [null, null]));
  });

  it('begins a call when it was sent', () => {
    const calls = spans(session).filter(({ kind }) => kind === 'llm');
    expect(calls.some(({ diagnostics }) => diagnostics.some(({ code }) => code === 'estimated-time'))).toBe(false);
    const requests = [...linesOf('session'), ...linesOf('agent')].filter(({ type }) => type === 'api-request');
    expect(requests).toHaveLength(calls.length);
  });

  it('shows what the model saw: system prompt, tools and reminders as they were sent', async () => {
    const [first, second] = named(session.traces[0]!, 'chat ');
    const { messages, toolDefinitions } = await first!.content();
    expect(messages!.input.map(({ role }) => role)).toEqual(['system', 'user', 'system']);
    expect(JSON.stringify(messages!.input[1])).toContain('Which ferry is late?');
    expect(toolDefinitions.map(({ name }) => name)).toContain('Bash');
    // What is the same is not said again.
    const later = await second!.content();
    expect(later.toolDefinitions).toEqual([]);
    expect(later.messages!.input.map(({ role }) => role)).toEqual(['user', 'user']);
  });

  it('is read whole, whatever its order', async () => {
    for (const set of [session, printed])
      expect(set.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const lines = [...read('agent').split('\n'), ...read('session').split('\n')].filter(Boolean);
    expect(toNativeJson(await parseTraces(lines.join('\n')))).toEqual(toNativeJson(session));
  });

  it('names the turn that an agent begins when it is done', () => {
    expect(session.traces.map(({ name }) => name)).toEqual([
      'Which ferry is late? Ask the harbour too, in an agent.',
      'Agent "Ask the harbour" finished',
    ]);
  });
});
