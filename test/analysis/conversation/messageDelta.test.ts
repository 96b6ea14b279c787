import { describe, expect, it } from 'vitest';
import { messageDelta, rebuildMessages } from '../../../src/analysis/conversation/messageDelta.ts';
import type { CallMessages, MessageDelta } from '../../../src/analysis/conversation/types.ts';
import type { Message } from '../../../src/core.ts';
import { said, talk } from './talk.ts';

const call = (input: readonly Message[], output: readonly Message[] = []): CallMessages => ({ input, output });
const shown = ({ runs, dropped, history, summary }: MessageDelta): string =>
  [
    ...runs.map((run) => `${run.type === 'near' ? run.change : run.type} ${run.from}-${run.to}`),
    ...dropped.map(({ side, from, to }) => `dropped ${side} ${from}-${to}`),
    history,
    ...(summary === null ? [] : [`summary ${summary}`]),
  ].join(', ');
const delta = (previous: CallMessages, ...lines: readonly string[]): string => {
  const input = talk(...lines);
  const found = messageDelta(previous, input);
  expect(rebuildMessages(previous, found)).toEqual(input);
  return shown(found);
};

const first = call(talk('s: be kind', 'u: hello'), talk('a: hi'));
const long = call(
  talk(
    's: be kind',
    'u: find it',
    'a> search {"q":1} #1',
    't< nothing #1',
    'a> search {"q":2} #2',
    't< a lot #2',
    'u: and?',
  ),
  talk('a: here it is'),
);

describe('what is new in a call', () => {
  it('is what stands behind the answer', () =>
    expect(delta(first, 's: be kind', 'u: hello', 'a: hi', 'u: bye')).toBe('same 0-2, same 2-3, new 3-4, continued'));
  it('is nothing where the same is sent again', () =>
    expect(delta(first, 's: be kind', 'u: hello')).toBe('same 0-2, dropped output 0-1, repeated'));
  it('is the answer too where it was not recorded', () =>
    expect(delta(call(first.input), 's: be kind', 'u: hello', 'a: hi', 'u: bye')).toBe('same 0-2, new 2-4, continued'));

  it('finds an answer that comes back without its reasoning and its finish reason', () => {
    const answer: Message = {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'hi' },
      ],
      finishReason: 'stop',
    };
    expect(delta(call(first.input, [answer]), 's: be kind', 'u: hello', 'a: hi', 'u: bye')).toBe(
      'same 0-2, shape 2-3, new 3-4, continued',
    );
    expect(
      delta(call(first.input, [{ ...said('a: hi'), finishReason: 'stop' }]), 's: be kind', 'u: hello', 'a: hi'),
    ).toBe('same 0-2, same 2-3, continued');
  });

  it('says that the instructions are others', () => {
    expect(delta(first, 's: be brief', 'u: hello', 'a: hi', 'u: bye')).toBe(
      'system 0-1, same 1-2, same 2-3, new 3-4, continued',
    );
    expect(delta(first, 'u: hello', 'a: hi')).toBe('same 0-1, same 1-2, dropped input 0-1, continued');
    expect(delta(call(talk('u: hello')), 's: be kind', 'u: hello')).toBe('new 0-1, same 1-2, continued');
  });

  it('says that a result was cleared, and that results were left out', () => {
    expect(
      delta(
        long,
        's: be kind',
        'u: find it',
        'a> search {"q":1} #1',
        't< [cleared] #1',
        'a> search {"q":2} #2',
        't< a lot #2',
        'u: and?',
        'a: here it is',
        'u: thanks',
      ),
    ).toBe('same 0-3, result 3-4, same 4-7, same 7-8, new 8-9, continued');
    expect(
      delta(
        long,
        's: be kind',
        'u: find it',
        'a> search {"q":2} #2',
        't< a lot #2',
        'u: and?',
        'a: here it is',
        'u: thanks',
      ),
    ).toBe('same 0-2, same 2-5, same 5-6, new 6-7, dropped input 2-4, trimmed');
  });

  it('recognises a summary in the place of what was said', () => {
    expect(
      delta(
        long,
        's: be kind',
        'u: They searched twice.',
        'a> search {"q":2} #2',
        't< a lot #2',
        'u: and?',
        'a: here it is',
        'u: thanks',
      ),
    ).toBe('same 0-1, new 1-2, same 2-5, same 5-6, new 6-7, dropped input 1-4, compacted, summary 1');
    expect(delta(long, 's: be kind', 'u: Summary of the conversation so far: they searched twice.', 'u: go on')).toBe(
      'same 0-1, new 1-3, dropped input 1-7, dropped output 0-1, compacted, summary 1',
    );
    expect(delta(long, 's: be kind. Here is a summary of earlier turns: …', 'u: go on')).toBe(
      'system 0-1, new 1-2, dropped input 1-7, dropped output 0-1, compacted, summary 0',
    );
  });

  it('tells a conversation that was taken up from an earlier point from one that was cut', () => {
    expect(delta(long, 's: be kind', 'u: find it', 'a> search {"q":1} #1', 't< nothing #1', 'u: stop')).toBe(
      'same 0-4, new 4-5, dropped input 4-7, dropped output 0-1, branched',
    );
  });

  it('knows one message that was edited between its neighbours', () => {
    expect(
      delta(
        long,
        's: be kind',
        'u: find it, please',
        'a> search {"q":1} #1',
        't< nothing #1',
        'a> search {"q":2} #2',
        't< a lot #2',
        'u: and?',
      ),
    ).toBe('same 0-1, edited 1-2, same 2-7, dropped output 0-1, continued');
  });

  it('is not led astray by messages that repeat', () => {
    const again = call(talk('u: go', 'a: ok', 'u: go', 'a: ok', 'u: go'), talk('a: ok'));
    expect(delta(again, 'u: go', 'a: ok', 'u: go', 'a: ok', 'u: go', 'a: ok', 'u: go')).toBe(
      'same 0-5, same 5-6, new 6-7, continued',
    );
    expect(delta(again, 'u: go', 'a: ok', 'u: go')).toBe('same 0-3, dropped input 3-5, dropped output 0-1, branched');
  });

  it('counts', () => {
    expect(
      messageDelta(long, talk('s: be brief', 'u: find it', 'a> search {"q":2} #2', 't< a lot #2', 'u: new')).counts,
    ).toEqual({ asBefore: 3, changed: 1, fresh: 1, dropped: 3 });
  });
});
