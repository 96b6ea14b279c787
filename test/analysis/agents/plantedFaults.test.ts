import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findings, parseTraces, type Finding, type Trace } from '../../../src/core.ts';

/** A span of OTLP/JSON, as it was recorded. */
interface Recorded {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status: { code: number; message?: string };
  attributes: { key: string; value: unknown }[];
}

/** Agents that did what they should: one that inspects a claim in seven turns, one that drafts and revises a digest. */
const HEALTHY = ['pair-claim-base', 'pair-claim-again', 'pair-claim-prompt', 'pair-digest-base', 'pair-digest-again'];

type Envelope = { resourceSpans: { scopeSpans: { spans: Recorded[] }[] }[] };

async function recording(name: string, plant: (all: Recording) => void = () => {}): Promise<Trace> {
  const lines = readFileSync(new URL(`../../fixtures/otlp/${name}.otlp.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Partial<Envelope>)
    .filter((line): line is Envelope => line.resourceSpans !== undefined);
  const groups = lines.flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans));
  plant(new Recording(groups));
  const { traces } = await parseTraces(lines.map((line) => JSON.stringify(line)).join('\n'));
  return traces[0]!;
}

/** What a fault is planted into. */
class Recording {
  readonly #groups: readonly { spans: Recorded[] }[];
  #made = 0;

  constructor(groups: readonly { spans: Recorded[] }[]) {
    this.#groups = groups;
  }

  get spans(): readonly Recorded[] {
    return this.#groups
      .flatMap(({ spans }) => spans)
      .toSorted((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)));
  }

  named(name: string, place = 0): Recorded {
    return this.spans.filter((span) => span.name === name)[place]!;
  }

  parentOf(span: Recorded): Recorded | undefined {
    return this.spans.find(({ spanId }) => spanId === span.parentSpanId);
  }

  fail(span: Recorded, message: string): void {
    span.status = { code: 2, message };
  }

  set(span: Recorded, key: string, value: unknown): void {
    span.attributes = [...span.attributes.filter((each) => each.key !== key), { key, value }];
  }

  text(span: Recorded, key: string, value: string): void {
    this.set(span, key, { stringValue: value });
  }

  /** All that is over, or begins, behind an instant comes so much later. */
  delay(at: string, milliseconds: number): void {
    const by = BigInt(milliseconds) * 1_000_000n;
    for (const span of this.spans) {
      if (BigInt(span.endTimeUnixNano) >= BigInt(at)) span.endTimeUnixNano = String(BigInt(span.endTimeUnixNano) + by);
      if (BigInt(span.startTimeUnixNano) >= BigInt(at))
        span.startTimeUnixNano = String(BigInt(span.startTimeUnixNano) + by);
    }
  }

  /** A further call of a step, right behind it; all else waits for it. */
  again(span: Recorded): Recorded {
    const { endTimeUnixNano: end } = span;
    const took = BigInt(end) - BigInt(span.startTimeUnixNano);
    this.delay(String(BigInt(end) + 1n), Number(took / 1_000_000n) + 2);
    // What ends with the call ends with the one behind it.
    const above = this.parentOf(span);
    const start = BigInt(end) + 1_000_000n;
    const copy: Recorded = {
      ...structuredClone(span),
      spanId: `feed${String((this.#made += 1)).padStart(12, '0')}`,
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(start + took),
    };
    if (above && BigInt(above.endTimeUnixNano) < start + took) above.endTimeUnixNano = copy.endTimeUnixNano;
    this.#groups.find(({ spans }) => spans.includes(span))!.spans.push(copy);
    return copy;
  }

  remove(span: Recorded): void {
    for (const group of this.#groups) group.spans = group.spans.filter((each) => each !== span);
  }
}

interface Fault {
  readonly kind: string;
  readonly into: string;
  /** Answers the name of the span that is the cause, and what the finding has to be. */
  plant(all: Recording): void;
  readonly code: string;
  readonly cause: string;
  readonly says: RegExp;
}

const price = 'execute_tool price_part';
const chat = 'chat claude-sonnet-4-5';

const FAULTS: readonly Fault[] = [
  {
    kind: 'an error that bubbles up',
    into: 'pair-claim-base',
    plant(all) {
      const tool = all.named(price);
      for (let each: Recorded | undefined = tool; each; each = all.parentOf(each)) all.fail(each, 'AgentError');
      all.fail(tool, 'price list is down');
    },
    code: 'error',
    cause: price,
    says: /price list is down, and invoke_agent check_claim failed with it/,
  },
  {
    kind: 'an error that is swallowed, then a wrong way',
    into: 'pair-claim-base',
    plant: (all) => all.fail(all.named('execute_tool find_policy'), 'policy 7731 not found'),
    code: 'error',
    cause: 'execute_tool find_policy',
    says: /policy 7731 not found; what had called it went on without it/,
  },
  {
    kind: 'an error among steps side by side',
    into: 'pair-digest-base',
    plant: (all) => all.fail(all.named('fetch_abstract', 1), 'archive: 503'),
    code: 'error',
    cause: 'fetch_abstract',
    says: /archive: 503/,
  },
  {
    kind: 'a loop with the same arguments',
    into: 'pair-claim-base',
    plant(all) {
      const calls = all.spans.filter(({ name }) => name === 'execute_tool inspect_photo');
      for (const call of calls) {
        all.text(call, 'gen_ai.tool.call.arguments', '{"photo":"p1"}');
        all.text(call, 'gen_ai.tool.call.result', '{"error":"photo is too dark"}');
      }
    },
    code: 'stuck-loop',
    cause: 'execute_tool inspect_photo',
    says: /inspect_photo was called 3 times with the same arguments/,
  },
  {
    kind: 'a loop with other arguments and the same result',
    into: 'pair-claim-base',
    plant(all) {
      const calls = all.spans.filter(({ name }) => name === 'execute_tool inspect_photo');
      for (const [at, call] of calls.entries()) {
        all.text(call, 'gen_ai.tool.call.arguments', `{"photo":"p${at}"}`);
        all.text(call, 'gen_ai.tool.call.result', '{"found":[]}');
      }
    },
    code: 'stuck-loop',
    cause: 'execute_tool inspect_photo',
    says: /with other arguments and the same result/,
  },
  {
    kind: 'a fan-out that ran one after the other',
    into: 'pair-digest-base',
    plant(all) {
      const calls = all.spans.filter(({ name }) => name === 'fetch_abstract');
      for (const call of calls) all.text(call, 'openinference.span.kind', 'RETRIEVER');
      const took = 211_000_000n;
      all.delay(all.named('draft').startTimeUnixNano, 430);
      for (const [at, call] of calls.entries()) {
        const start = BigInt(calls[0]!.startTimeUnixNano) + BigInt(at) * (took + 1_000_000n);
        if (at > 0) call.startTimeUnixNano = String(start);
        call.endTimeUnixNano = String(start + took);
      }
    },
    code: 'serialised',
    cause: 'fetch_abstract',
    says: /3 steps of weekly_digest ran one after the other/,
  },
  {
    kind: 'a step that costs far too much',
    into: 'pair-digest-base',
    plant(all) {
      for (const [at, call] of all.spans.filter(({ name }) => name === 'ChatOpenAI').entries())
        all.set(call, 'llm.cost.total', { doubleValue: at === 2 ? 0.9 : 0.01 });
    },
    code: 'costliest',
    cause: 'ChatOpenAI',
    says: /ChatOpenAI alone cost \$0\.90.*97 % of the whole/,
  },
  {
    kind: 'spans whose parent is lost',
    into: 'pair-claim-base',
    plant: (all) => all.remove(all.named('step 3')),
    code: 'orphans',
    cause: chat,
    says: /The parents of 2 spans are missing/,
  },
  {
    kind: 'a slow step on the critical path',
    into: 'pair-claim-base',
    plant(all) {
      const call = all.named(chat, 3);
      all.delay(call.endTimeUnixNano, 9000);
    },
    code: 'slow',
    cause: chat,
    says: /took 9\.\d+ s, \d+ % of the whole/,
  },
  {
    kind: 'an answer that is cut off',
    into: 'pair-claim-base',
    plant: (all) =>
      all.set(all.named(chat, 6), 'gen_ai.response.finish_reasons', {
        arrayValue: { values: [{ stringValue: 'length' }] },
      }),
    code: 'truncated',
    cause: chat,
    says: /was cut off/,
  },
  {
    kind: 'an answer that a filter held back',
    into: 'pair-digest-base',
    plant: (all) => all.text(all.named('ChatOpenAI', 2), 'llm.finish_reason', 'content_filter'),
    code: 'filtered',
    cause: 'ChatOpenAI',
    says: /held back by a filter/,
  },
  {
    kind: 'a guardrail that says no',
    into: 'pair-digest-base',
    plant(all) {
      const check = all.named('critique_prompt');
      all.text(check, 'openinference.span.kind', 'GUARDRAIL');
      all.text(check, 'output.value', '{"passed":false,"reason":"names a customer"}');
      all.text(check, 'output.mime_type', 'application/json');
    },
    code: 'verdict',
    cause: 'critique_prompt',
    says: /names a customer/,
  },
  {
    kind: 'a tool that is refused',
    into: 'pair-claim-base',
    plant: (all) =>
      all.text(
        all.named('execute_tool record_decision'),
        'gen_ai.tool.call.result',
        'Permission denied: the user declined this call',
      ),
    code: 'refused',
    cause: 'execute_tool record_decision',
    says: /was refused: Permission denied/,
  },
  {
    kind: 'a storm of tries',
    into: 'pair-claim-base',
    plant(all) {
      let last = all.named('execute_tool record_decision');
      all.fail(last, '429 too many requests');
      for (let time = 0; time < 4; time += 1) last = all.again(last);
    },
    code: 'retries',
    cause: 'execute_tool record_decision',
    says: /was tried 5 times in a row and never worked: 429/,
  },
];

const isIt = (trace: Trace, { code, cause, says }: Fault, finding: Finding | undefined): boolean =>
  finding?.code === code && trace.find(finding.keys[0]!)?.name === cause && says.test(finding.message);

describe('faults that are planted into recorded traces', () => {
  it.each(HEALTHY)('%s as it was recorded: nothing is found', async (name) => {
    expect((await findings(await recording(name))).map(({ message }) => message)).toEqual([]);
  });

  it.each(FAULTS)('$kind: named first, with its cause', async (fault) => {
    const trace = await recording(fault.into, (all) => fault.plant(all));
    const [first, ...others] = await findings(trace);
    expect([first, ...others].map((each) => each?.message).join('\n')).toMatch(fault.says);
    expect(isIt(trace, fault, first)).toBe(true);
  });
});
