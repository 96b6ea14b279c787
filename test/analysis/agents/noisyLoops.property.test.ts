import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldLoops, readTraces } from '../../../src/core.ts';
import { drawTrace } from '../../model/drawTrace.ts';
import { documentOf } from '../../model/anyForest.ts';
import { DRAWING_EPOCH } from '../../model/drawTrace.ts';

const STEPS = ['llm plan', 'tool search', 'tool read', 'guardrail check', 'chain reflect'] as const;
const NOISE = ['event beat', 'db save', 'span log'] as const;

interface Made {
  readonly name: string;
  readonly failed: boolean;
  /** Begins an iteration. */
  readonly begins: boolean;
  readonly inLoop: boolean;
}

/** Loops as agents record them, with what is known of them. */
const anyLoop = fc
  .record({
    steps: fc.integer({ min: 2, max: STEPS.length }),
    times: fc.integer({ min: 3, max: 12 }),
    // At most every fourth place has something of its own in it.
    noise: fc.infiniteStream(fc.integer({ min: 0, max: 11 })),
    retries: fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
    early: fc.nat(),
    prologue: fc.boolean(),
    epilogue: fc.boolean(),
  })
  .map(({ steps, times, noise, retries, early, prologue, epilogue }) => {
    const made: Made[] = [];
    const plain = (name: string): void => void made.push({ name, failed: false, begins: false, inLoop: false });
    if (prologue) plain('prompt system');
    // A loop of two steps that ends after the first ends with an answer.
    const inLast = steps < 3 ? steps : 1 + (early % steps);
    for (let turn = 0; turn < times; turn += 1) {
      const isLast = turn === times - 1;
      for (let step = 0; step < (isLast ? inLast : steps); step += 1) {
        const again = retries.next().value === 0;
        if (again) made.push({ name: STEPS[step]!, failed: true, begins: step === 0, inLoop: true });
        made.push({ name: STEPS[step]!, failed: false, begins: step === 0 && !again, inLoop: true });
        const which = noise.next().value;
        if (which < NOISE.length) plain(NOISE[which]!);
      }
    }
    if (epilogue) plain('parser answer');
    return made;
  });

const traceOf = (made: readonly Made[], nested: boolean) => {
  const at = (ms: number): string => String(DRAWING_EPOCH + BigInt(ms) * 10_000_000n);
  const id = (n: number): string => (n + 1).toString(16).padStart(16, '0');
  const span = (n: number, parent: number | null, name: string, start: number, end: number, failed = false) => ({
    traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
    spanId: id(n),
    ...(parent === null ? {} : { parentSpanId: id(parent) }),
    name,
    startTimeUnixNano: at(start),
    endTimeUnixNano: at(end),
    status: failed ? { code: 2 } : {},
    attributes: [{ key: 'openinference.span.kind', value: { stringValue: name.split(' ')[0]!.toUpperCase() } }],
  });
  const length = made.length;
  const outer = nested ? 3 : 1;
  const spans: object[] = [span(0, null, 'agent run', 0, length * outer)];
  for (let turn = 0; turn < outer; turn += 1) {
    const parent = nested
      ? spans.push(span(spans.length, 0, `chain iteration ${turn}`, turn * length, (turn + 1) * length)) - 1
      : 0;
    made.forEach(({ name, failed }, place) => {
      spans.push(span(spans.length, parent, name, turn * length + place, turn * length + place + 1, failed));
    });
  }
  return readTraces(documentOf(spans)).traces[0]!;
};

describe('foldLoops on loops as they are recorded', () => {
  it('finds the boundaries of loops with noise, retries and early exit exactly', () => {
    let all = 0;
    let exact = 0;
    fc.assert(
      fc.property(anyLoop, fc.boolean(), (made, nested) => {
        const trace = traceOf(made, nested);
        const found = foldLoops(trace).filter(({ parent }) => !nested || trace.find(parent!)!.depth === 1);
        const to = made.findLastIndex(({ inLoop }) => inLoop) + 1;
        const starts = made.flatMap(({ begins }, place) => (begins ? [place] : []));
        const expected = starts.map((start, turn) => made.slice(start, starts[turn + 1] ?? to).map(({ name }) => name));
        const is = found.map(({ iterations }) => iterations.map((keys) => keys.map((key) => trace.find(key)!.name)));
        all += 1;
        const isExact = JSON.stringify(is) === JSON.stringify(nested ? [expected, expected, expected] : [expected]);
        if (isExact) exact += 1;
      }),
      { numRuns: 400 },
    );
    // What is left: noise that is in every iteration but one by chance, so that nobody could tell it from a step.
    expect(exact / all).toBeGreaterThanOrEqual(0.98);
  });
});

const named = (drawing: string): readonly (readonly string[])[] => {
  const trace = drawTrace(drawing);
  return foldLoops(trace).map(({ iterations }) =>
    iterations.map((keys) => keys.map((key) => trace.find(key)!.name).join(' + ')),
  );
};

describe('foldLoops', () => {
  it('takes explicit iteration spans with something between them', () => {
    expect(
      named(`
      agent            0-----------100
        chain step 1   0-10
          llm x        0-10
        db save        10-12
        chain step 2   12-20
          llm x        12-20
        chain step 3   20-30
          llm x        20-30
        chain step 4   30-40
          llm x        30-40
    `),
    ).toEqual([['chain step 1 + db save', 'chain step 2', 'chain step 3', 'chain step 4']]);
  });

  it('takes the nodes of a graph, with branches that run side by side', () => {
    expect(
      named(`
      chain LangGraph  0-----------100
        chain agent    0-10
          llm x        0-10
        chain tools    10-20
          tool a       10-20
        chain tools    10-18
          tool a       10-18
        chain agent    20-30
          llm x        20-30
        chain tools    30-40
          tool a       30-40
        chain agent    40-50
          llm x        40-50
        chain tools    50-60
          tool a       50-60
    `).at(0),
    ).toEqual(['chain agent + chain tools + chain tools', 'chain agent + chain tools', 'chain agent + chain tools']);
  });

  it('takes the turns of an agent, whichever tools they call', () => {
    expect(
      named(`
      agent         0-----------100
        llm chat    0-10
        tool search 10-20
        llm chat    20-30
        tool read   30-40
        llm chat    40-50
        tool write  50-60
        llm chat    60-70
    `),
    ).toEqual([['llm chat + tool search', 'llm chat + tool read', 'llm chat + tool write']]);
  });
});
