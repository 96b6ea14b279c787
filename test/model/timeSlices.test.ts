import { afterEach, expect, it, vi } from 'vitest';
import { createTimeSlices } from '../../src/model/timeSlices.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** What happens in which order while work rests three times, and something else waits for its turn. */
async function orderOfTurns(): Promise<readonly string[]> {
  const order: string[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => order.push('message');
  port2.postMessage(null);
  const yieldTurn = createTimeSlices({ budget: 0 });
  for (const turn of ['one', 'two', 'three']) {
    await yieldTurn();
    order.push(turn);
  }
  port1.close();
  return order;
}

it.each([
  ['on a page', { document: {} }, 3],
  ['in Node', {}, 0],
  ['in a worker of a browser', { setImmediate: undefined }, 0],
])('rests %s', async (_, globals, timers) => {
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  const timer = vi.spyOn(globalThis, 'setTimeout');
  const order = await orderOfTurns();
  expect(timer).toHaveBeenCalledTimes(timers);
  expect(order.filter((each) => each !== 'message')).toEqual(['one', 'two', 'three']);
  expect(order.indexOf('message')).toBeLessThan(3);
});

it('ends with the reason of its signal, at once and after a rest', async () => {
  const stop = new AbortController();
  const yieldTurn = createTimeSlices({ budget: 0, signal: stop.signal });
  const resting = yieldTurn();
  stop.abort(new Error('enough'));
  await expect(resting).rejects.toThrow('enough');
  expect(() => yieldTurn()).toThrow('enough');
});

it('does not rest before its time', () => {
  expect(createTimeSlices({ budget: 1e6 })()).toBeUndefined();
});
