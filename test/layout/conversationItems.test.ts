import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/core.ts';
import { messageDelta } from '../../src/analysis/conversation/messageDelta.ts';
import { toolPairs } from '../../src/analysis/conversation/toolPairs.ts';
import type { NewInCall } from '../../src/analysis/conversation/types.ts';
import { conversationItems, itemsWithin } from '../../src/layout/conversation/conversationItems.ts';
import { talk } from '../analysis/conversation/talk.ts';

const call = (input: readonly Message[], output: readonly Message[] = []) => ({ input, output });
const newIn = (before: ReturnType<typeof call>, input: readonly Message[]): NewInCall => ({
  ...messageDelta(before, input),
  previous: 'trace/before',
  summarisedBy: null,
});
const words = (now: ReturnType<typeof call>, delta: NewInCall | null = null): readonly string[] =>
  conversationItems(now, toolPairs(now), delta).map((item) => {
    if (item.type === 'message') return `${item.side} ${item.at}${item.mark === null ? '' : ` ${item.mark}`}`;
    if (item.type === 'note') return `${item.history} ${item.dropped}`;
    return `${item.type} ${item.from}-${item.to}`;
  });

const first = call(talk('s: Be kind.', 'u: What is new?'), talk('a> news {"day":1} #c1'));

describe('what a reader of a call sees', () => {
  it('is all of a short conversation of which no call before is known', () =>
    expect(words(first)).toEqual(['input 0', 'input 1', 'output 0']));

  it('is what is new, the calls that it answers, and the answer; what was there before is a line, instructions are their own', () => {
    const second = call(
      talk('s: Be kind.', 'u: What is new?', 'a: One moment.', 'a> news {"day":1} #c1', 't< Rain #c1'),
      talk('a: Rain.'),
    );
    expect(words(second, newIn(call(second.input.slice(0, 3), second.input.slice(3, 4)), second.input))).toEqual([
      'input 0',
      'asBefore 1-3',
      'input 3',
      'results 4-5',
      'output 0',
    ]);
  });

  it('says when a summary stands for what was said, in front of it', () => {
    const before = call(talk('s: Be kind.', 'u: One', 'a: 1', 'u: Two', 'a: 2', 'u: Three'), talk('a: 3'));
    const input = talk('s: Be kind.', 'u: Summary of the conversation so far: one, two, three.', 'u: Four');
    expect(words(call(input), newIn(before, input))).toEqual(['input 0', 'compacted 5', 'input 1 new', 'input 2 new']);
  });

  it('marks other instructions, and says of a retry that it is one', () => {
    const input = talk('s: Be brief.', 'u: What is new?');
    expect(words(call(input), newIn(first, input))[0]).toBe('input 0 system');
    expect(words(first, newIn(call(first.input), first.input))).toEqual([
      'repeated 0',
      'input 0',
      'asBefore 1-2',
      'output 0',
    ]);
  });

  it('shows a result by itself whose call nobody recorded', () =>
    expect(words(call(talk('u: Go on', 't< Rain #c9')))).toEqual(['input 0', 'input 1']));

  it('folds the beginning of a long conversation that continues none', () => {
    const input = talk(...Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? `u: ask ${at}` : `a: say ${at}`)));
    expect(words(call(input))).toEqual(['earlier 0-12', ...Array.from({ length: 8 }, (_, at) => `input ${at + 12}`)]);
  });

  it('holds each message once and in order, whatever is folded', () => {
    const line = fc.constantFrom('s: a', 'u: a', 'u: b', 'a: a', 'a> f {"x":1} #1', 'a> f {"x":2}', 't< r #1', 't< r');
    const lines = fc.array(line, { maxLength: 24 });
    fc.assert(
      fc.property(lines, lines, lines, fc.boolean(), (before, added, answer, isKnown) => {
        const earlier = call(talk(...before), talk(...answer));
        const now = call([...earlier.input, ...talk(...added)], talk(...answer));
        const pairs = toolPairs(now);
        const sent: number[] = [];
        const answered: number[] = [];
        for (const item of conversationItems(now, pairs, isKnown ? newIn(earlier, now.input) : null)) {
          if (item.type === 'note') continue;
          if (item.type === 'message') (item.side === 'input' ? sent : answered).push(item.at);
          else if (item.type === 'results') for (let at = item.from; at < item.to; at += 1) sent.push(at);
          else
            for (const inner of itemsWithin(now.input, pairs, item.from, item.to)) {
              if (inner.type === 'message') sent.push(inner.at);
              else if (inner.type === 'results') for (let at = inner.from; at < inner.to; at += 1) sent.push(at);
            }
        }
        expect(sent).toEqual(now.input.map((_, at) => at));
        expect(answered).toEqual(now.output.map((_, at) => at));
      }),
    );
  });
});
