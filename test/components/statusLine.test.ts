import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStatusLine } from '../../src/components/parts/statusLine.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What stands on the line, with the milliseconds at which it came. */
function heard(): { readonly log: string[]; readonly say: (text: string, quiet?: boolean) => () => void } {
  const log: string[] = [];
  const from = performance.now();
  const line = createStatusLine((message) => log.push(`${performance.now() - from} ${message?.text ?? '–'}`));
  return { log, say: (text, quiet = true) => line.announce({ text, quiet }) };
}

it('says at most one quiet message a second, the last one', () => {
  const { log, say } = heard();
  for (const count of ['9 found', '5 found', '2 found']) {
    say(count);
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(5000);
  expect(log).toEqual(['0 9 found', '1000 2 found', '3000 –']);
});

it('does not say what was taken back while it waited', () => {
  const { log, say } = heard();
  say('9 found');
  vi.advanceTimersByTime(100);
  const takeBack = say('2 found');
  vi.advanceTimersByTime(100);
  takeBack();
  vi.advanceTimersByTime(5000);
  expect(log[0]).toBe('0 9 found');
  expect(log.join()).not.toContain('2 found');
  expect(log.at(-1)).toMatch(/ –$/);
});

it('shows at once what is seen, and then what had to wait', () => {
  const { log, say } = heard();
  say('9 found');
  vi.advanceTimersByTime(100);
  say('2 found');
  say('copied', false);
  vi.advanceTimersByTime(5000);
  expect(log).toEqual(['0 9 found', '100 copied', '1100 2 found', '3100 –']);
});
