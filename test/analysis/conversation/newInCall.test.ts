import { describe, expect, it } from 'vitest';
import { newInCall } from '../../../src/analysis/conversation/newInCall.ts';
import type { Trace } from '../../../src/core.ts';
import { talkTrace } from './talk.ts';

async function told(trace: Trace, name: string): Promise<string> {
  const span = [...trace.spans()].find((each) => each.name === name)!;
  const found = await newInCall(trace, span.index);
  if (!found) return 'no messages';
  const nameOf = (key: string | null): string => (key === null ? 'nothing' : trace.find(key)!.name);
  const fresh = found.runs.flatMap((run) =>
    run.type === 'new' ? Array.from({ length: run.to - run.from }, (_, i) => run.from + i) : [],
  );
  return `after ${nameOf(found.previous)}: ${found.history}, new ${fresh.join(' ')}${found.summary === null ? '' : `, summary ${found.summary}`}${found.summarisedBy === null ? '' : ` by ${nameOf(found.summarisedBy)}`}`;
}

describe('newInCall', () => {
  it('finds the call before by what was said, not by time alone', async () => {
    const trace = talkTrace(
      `
      agent        0----------------------100   kind=agent
        one         0--10                        kind=llm
        side          10--20                     kind=llm
        tool            20-30                    kind=tool
        two                30--40                kind=llm
        beside             35---------90         kind=llm
        three                 50---60            kind=llm
        again                     70--80         kind=llm
    `,
      {
        one: ['s: agent', 'u: go', '=>', 'a> look #1'],
        side: ['s: judge', 'u: go', '=>', 'a: fine'],
        two: ['s: agent', 'u: go', 'a> look #1', 't< seen #1', '=>', 'a: done'],
        beside: ['s: agent', 'u: other', '=>', 'a: other done'],
        three: ['s: agent', 'u: go', 'a> look #1', 't< seen #1', 'a: done', 'u: more'],
        again: ['s: agent', 'u: go', 'a> look #1', 't< seen #1', 'a: done', 'u: more'],
      },
    );
    expect(await told(trace, 'one')).toBe('after nothing: continued, new 0 1');
    expect(await told(trace, 'side')).toBe('after nothing: continued, new 0 1');
    expect(await told(trace, 'two')).toBe('after one: continued, new 3');
    expect(await told(trace, 'beside')).toBe('after nothing: continued, new 0 1');
    expect(await told(trace, 'three')).toBe('after two: continued, new 5');
    expect(await told(trace, 'again')).toBe('after three: repeated, new ');
    expect(await told(trace, 'tool')).toBe('no messages');
  });

  it('goes on from the branch whose answer is there, and not from a retry of it', async () => {
    const trace = talkTrace(
      `
      agent     0----------------------100   kind=agent
        first    0--10                        kind=llm
        retry      10--20                     kind=llm
        next          20-30                   kind=llm
    `,
      { first: ['u: go', '=>', 'a: one'], retry: ['u: go', '=>', 'a: two'], next: ['u: go', 'a: one', 'u: more'] },
    );
    expect(await told(trace, 'retry')).toBe('after first: repeated, new ');
    expect(await told(trace, 'next')).toBe('after first: continued, new 2');
  });

  it('keeps the conversations of agents apart, and follows a handover', async () => {
    const trace = talkTrace(
      `
      chain         0----------------------100   kind=chain
        triage       0------30                    kind=agent
          sort        0--10                       kind=llm
        billing             30----------60        kind=agent
          take over           30--40              kind=llm
        other                         60-----90   kind=agent
          fresh                        60--70     kind=llm
    `,
      {
        sort: ['s: triage', 'u: refund me', '=>', 'a> transfer #1'],
        'take over': ['s: billing', 'u: refund me', 'a> transfer #1', 't< ok #1'],
        fresh: ['s: billing', 'u: refund me'],
      },
    );
    expect(await told(trace, 'take over')).toBe('after sort: continued, new 3');
    expect(await told(trace, 'fresh')).toBe('after nothing: continued, new 0 1');
  });

  it('recognises a summary, also one in which no word says so, by the call that wrote it', async () => {
    const summary = 'The user wants a refund of order 7, which was looked up twice and is due.';
    const trace = talkTrace(
      `
      agent        0----------------------100   kind=agent
        talk        0--10                        kind=llm
        shorten       10--20                     kind=llm
        go on            20-30                   kind=llm
        then                30--40               kind=llm
    `,
      {
        talk: ['s: agent', 'u: go', 'a> look #1', 't< seen #1', 'a: well', 'u: more', '=>', 'a: even more'],
        shorten: ['s: shorten this', 'u: all of it', '=>', `a: ${summary}`],
        'go on': ['s: agent', `u: ${summary}`, 'u: more?', '=>', 'a: yes'],
        then: ['s: agent', `u: ${summary}`, 'u: more?', 'a: yes', 'u: good'],
      },
    );
    expect(await told(trace, 'go on')).toBe('after talk: compacted, new 1 2, summary 1 by shorten');
    expect(await told(trace, 'then')).toBe('after go on: continued, new 4');
  });

  it('sees that the oldest messages were left out', async () => {
    const trace = talkTrace(
      `
      agent        0----------------------100   kind=agent
        talk        0--10                        kind=llm
        window        10--20                     kind=llm
    `,
      {
        talk: ['s: agent', 'u: one', 'a: 1', 'u: two', 'a: 2', 'u: three', '=>', 'a: 3'],
        window: ['s: agent', 'u: two', 'a: 2', 'u: three', 'a: 3', 'u: four'],
      },
    );
    expect(await told(trace, 'window')).toBe('after talk: trimmed, new 5');
  });

  it('waits for contents that come from elsewhere, passes over those that do not come, and ends when aborted', async () => {
    const here = talkTrace(
      `
      agent   0-------100   kind=agent
        one    0--10         kind=llm
        lost     10-20       kind=llm
        two        20-30     kind=llm
    `,
      { one: ['u: go', '=>', 'a: gone'], lost: ['u: go'], two: ['u: go', 'a: gone', 'u: on'] },
    );
    const abort = new AbortController();
    const remote = Object.create(here, {
      find: { value: (key: string) => here.find(key) },
      content: {
        value: (index: number) =>
          here.span(index).name === 'lost' ? Promise.reject(new Error('no')) : Promise.resolve(here.content(index)),
      },
    }) as Trace;
    expect(await told(remote, 'two')).toBe('after one: continued, new 2');
    const asked = newInCall(remote, 3, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });
});
