import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseTraces } from '../../../src/core.ts';
import { holdRepeatsOnce } from '../../../src/adapters/bytes/holdRepeatsOnce.ts';
import { HeldBytes } from '../../../src/adapters/content/heldBytes.ts';
import { SlicedContents } from '../../../src/adapters/content/recordedContent.ts';
import type { ColumnTrace } from '../../../src/model/trace.ts';
import { workersHere } from '../workerInProcess.ts';

function heldOnce(bytes: Uint8Array): HeldBytes {
  const held = new HeldBytes(bytes);
  for (const holding = holdRepeatsOnce(held); !holding.next().done;);
  return held;
}

/** Digits that look random, the same for the same seed. */
function createDigits(seed: number): (count: number) => string {
  let state = seed;
  const next = (): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 28).toString(16);
  };
  return (count) => Array.from({ length: count }, next).join('');
}

const CALLS = 40;
/** An agent whose calls each repeat the history before them, as instrumentation writes it. */
function agent(seed: number): Uint8Array {
  const digits = createDigits(seed);
  const traceId = digits(32);
  const history: { role: string; content: string }[] = [];
  const spans = Array.from({ length: CALLS }, (_, call) => {
    history.push({ role: call % 2 ? 'tool' : 'user', content: `${digits(600)} “said” ${call}` });
    const time = (at: number): string => String(1_795_359_116_728_000_000n + BigInt(at) * 1_000_000n);
    return {
      traceId,
      spanId: digits(16),
      name: `chat ${call}`,
      startTimeUnixNano: time(call * 10),
      endTimeUnixNano: time(call * 10 + 9),
      attributes: [{ key: 'gen_ai.input.messages', value: { stringValue: JSON.stringify(history) } }],
    };
  });
  return new TextEncoder().encode(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
}

describe('what repeats among bytes', () => {
  it('is held once, and read as before wherever it stands', () => {
    const block = fc.uint8Array({ minLength: 1, maxLength: 3000 });
    fc.assert(
      fc.property(
        fc.array(block, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(3), { maxLength: 60 }),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 20 }),
        (blocks, order, places) => {
          const bytes = Uint8Array.from(order.flatMap((at) => Array.from(blocks[at % blocks.length]!)));
          const held = heldOnce(bytes);
          expect(held.size).toBeLessThanOrEqual(bytes.length);
          for (const [a, b] of places) {
            const [from, to] = [a % (bytes.length + 1), b % (bytes.length + 1)].sort((x, y) => x - y) as [
              number,
              number,
            ];
            expect(held.part(from, to)).toEqual(bytes.subarray(from, to));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is most of what an agent records, in whose calls the history stands again', () => {
    const bytes = agent(3);
    const held = heldOnce(bytes);
    expect(held.whole).toBeNull();
    expect(held.size).toBeLessThan(bytes.length / 3);
    expect(held.part(0, bytes.length)).toEqual(bytes);
  });

  it('is left where it is where it is little', () => {
    const bytes = new TextEncoder().encode(createDigits(1)(80_000));
    expect(heldOnce(bytes).whole).toBe(bytes);
  });

  it('is held once in a worker, whose contents stay the same', async () => {
    const expected = (await parseTraces(agent(5), { holdAs: 'bytes' })).traces[0] as ColumnTrace;
    const { createWorker } = workersHere();
    const holdOnce = vi.spyOn(HeldBytes.prototype, 'holdOnce');
    const set = await parseTraces(agent(5), { holdAs: 'bytes', createWorker });
    const [trace] = set.traces;
    expect(trace!.spanCount).toBe(CALLS);
    await vi.waitFor(() => expect(holdOnce).toHaveBeenCalledTimes(1));
    for (let index = 0; index < CALLS; index += 1)
      expect((await trace!.content(index)).messages).toEqual((await expected.content(index)).messages);
    // The bytes of a host are its own where nobody was given them.
    expect((expected.parts.content as SlicedContents).slices.inputs[0]!.whole).not.toBeNull();
  });
});
