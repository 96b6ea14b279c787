import { describe, expect, it } from 'vitest';
import { contextWindow, parseTraces, type ContextCall } from '../../../src/core.ts';
import {
  modelSession,
  type SentCall,
  type SentMessage,
  type SessionOptions,
} from '../../fixtures/generate/modelSession.ts';

const long = (words: string): string => `${words} `.repeat(400);
const RULES = long('Answer from the handbook, and say where it stands.');
const tool = (name: string, description = `${name} in the handbook`) => ({
  name,
  description,
  parameters: { type: 'object', properties: { query: { type: 'string' } } },
});
const system = (text: string): SentMessage => ({ role: 'system', text });
const user = (text: string): SentMessage => ({ role: 'user', text });
const says = (text: string): SentMessage => ({ role: 'assistant', text });
const asks = (id: string): SentMessage => ({
  role: 'assistant',
  calls: [{ id, name: 'search', given: { query: id } }],
});
const told = (id: string, text: string): SentMessage => ({ role: 'tool', result: { id, text } });

const TALK = [
  user('What is the rule for parcels?'),
  asks('t1'),
  told('t1', long('A parcel is claimed within ten days.')),
];
const MORE = [
  ...TALK,
  says('Ten days.'),
  user('And for letters?'),
  asks('t2'),
  told('t2', long('Letters take a month.')),
];
const first: SentCall = {
  messages: [system(RULES), ...MORE],
  tools: [tool('search'), tool('open')],
  answer: says('A month.'),
  at: 2,
};
const goesOn = [...MORE, says('A month.'), user('Thanks. And for bags?')];
const next = (change: Partial<SentCall>): SentCall => ({
  ...first,
  messages: [system(RULES), ...goesOn],
  at: 20,
  ...change,
});
const withSystem = (before: string, now: string, change: Partial<SentCall> = {}): readonly SentCall[] => [
  { ...first, messages: [system(before), ...MORE] },
  next({ messages: [system(now), ...goesOn], ...change }),
];

interface Case {
  readonly name: string;
  readonly calls: readonly SentCall[];
  readonly expected: string;
  readonly options?: SessionOptions;
}

const cases: readonly Case[] = [
  { name: 'nothing changed', calls: [first, next({})], expected: 'kept' },
  { name: 'a rule was added', calls: withSystem(RULES, `Be brief. ${RULES}`), expected: 'broken system' },
  {
    name: 'a rule at the end is another',
    calls: withSystem(`${RULES}Be kind.`, `${RULES}Be brief.`),
    expected: 'broken system',
  },
  { name: 'the instructions are gone', calls: [first, next({ messages: goesOn })], expected: 'broken system' },
  {
    name: 'a time of day',
    calls: withSystem(`Now: 2026-11-28T08:31:05Z. ${RULES}`, `Now: 2026-11-28T08:31:25Z. ${RULES}`),
    expected: 'broken volatile',
  },
  {
    name: 'a date in words',
    calls: withSystem(`Today is Friday, November 27, 2026. ${RULES}`, `Today is Saturday, November 28, 2026. ${RULES}`),
    expected: 'broken volatile',
  },
  {
    name: 'an id of the request',
    calls: withSystem(
      `${RULES} Request 0b8e5c1e-93a4-4d1f-8f00-6d3b7c9e1a2b.`,
      `${RULES} Request 5f1d0a77-1c2b-4e7a-9d55-0a1b2c3d4e5f.`,
    ),
    expected: 'broken volatile',
  },
  {
    name: 'a count',
    calls: withSystem(`Steps left: 12. ${RULES}`, `Steps left: 11. ${RULES}`),
    expected: 'broken volatile',
  },
  {
    name: 'a time in the first question',
    calls: [
      { ...first, messages: [system(RULES), user('(09:14:05) What is the rule?'), ...MORE.slice(1)] },
      next({ messages: [system(RULES), user('(09:14:31) What is the rule?'), ...goesOn.slice(1)] }),
    ],
    expected: 'broken volatile',
  },
  {
    name: 'tools in another order',
    calls: [first, next({ tools: [tool('open'), tool('search')] })],
    expected: 'broken toolOrder',
  },
  {
    name: 'a tool more',
    calls: [first, next({ tools: [tool('search'), tool('mail'), tool('open')] })],
    expected: 'broken tools',
  },
  {
    name: 'a tool described otherwise',
    calls: [first, next({ tools: [tool('search', 'finds pages'), tool('open')] })],
    expected: 'broken tools',
  },
  { name: 'a tool less', calls: [first, next({ tools: [tool('search')] })], expected: 'broken tools' },
  {
    name: 'a question that was asked before is another now',
    calls: [
      first,
      next({
        messages: [
          system(RULES),
          ...goesOn.map((each) => (each.text === 'And for letters?' ? user('And for cards?') : each)),
        ],
      }),
    ],
    expected: 'broken edited',
  },
  {
    name: 'an old result was cleared',
    calls: [
      first,
      next({
        messages: [system(RULES), ...goesOn.map((each) => (each.result?.id === 't1' ? told('t1', '[cleared]') : each))],
      }),
    ],
    expected: 'broken edited',
  },
  {
    name: 'the oldest messages were left out',
    calls: [first, next({ messages: [system(RULES), goesOn[0]!, ...goesOn.slice(4)] })],
    expected: 'broken trimmed',
  },
  {
    name: 'a summary in place of what was said',
    calls: [
      first,
      next({
        messages: [
          system(RULES),
          user('Summary of the conversation so far: parcels take ten days.'),
          ...goesOn.slice(-2),
        ],
      }),
    ],
    expected: 'broken compaction',
  },
  { name: 'another model', calls: [first, next({ model: 'claude-haiku-4-5' })], expected: 'broken model' },
  { name: 'the provider reads nothing', calls: [first, next({ misses: true })], expected: 'missed miss' },
  { name: 'a pause of ten minutes', calls: [first, next({ at: 620 })], expected: 'missed idle' },
  { name: 'no numbers of a cache', calls: [first, next({})], expected: 'unknown', options: { counts: 'none' } },
  {
    name: 'too short to be cached',
    calls: [
      { messages: [user('Hello'), says('Hi'), user('How are you?')], answer: says('Well'), at: 2 },
      {
        messages: [user('Hello'), says('Hi'), user('How are you?'), says('Well'), user('Good')],
        answer: says('Yes'),
        at: 9,
      },
    ],
    expected: 'short',
  },
  {
    name: 'another conversation',
    calls: [first, { ...first, messages: [system(RULES), user('Who wrote the handbook?')], at: 20 }],
    expected: 'first',
  },
];

async function lastOf({ calls, options }: Case): Promise<ContextCall> {
  const { traces } = await parseTraces(modelSession(calls, options));
  const { agents } = await contextWindow(traces[0]!);
  return agents[0]!.calls.at(-1)!;
}

const verdictOf = ({ cache: { state, cause } }: ContextCall): string => (cause === null ? state : `${state} ${cause}`);

describe('breaks of the prompt cache, labelled', () => {
  it.each(cases)('$name: $expected', async (labelled) => {
    expect(verdictOf(await lastOf(labelled))).toBe(labelled.expected);
  });

  it('lets numbers contradict a text that differs in the record only', async () => {
    const text = modelSession([first, next({})]);
    const edited = text.replace('within ten days', 'within 10 days');
    expect(edited).not.toBe(text);
    const { traces } = await parseTraces(edited);
    const { agents } = await contextWindow(traces[0]!);
    const { cache } = agents[0]!.calls[1]!;
    expect(cache).toMatchObject({ state: 'kept', cause: null, contradicted: true, lost: 0 });
    expect(cache.difference!.now).not.toBe(cache.difference!.before);
  });
});
