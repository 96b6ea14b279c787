import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextWindow, parseTraces, type ContextCall } from '../../../src/core.ts';
import { firstDifference } from '../../../src/analysis/contextWindow/firstDifference.ts';
import type { Piece } from '../../../src/analysis/contextWindow/prompt.ts';
import { modelSession, type SentCall, type SentMessage } from '../../fixtures/generate/modelSession.ts';

const word = fc.constantFrom(
  'parcel',
  'letter',
  'ten days',
  '08:31:05',
  '2026-11-28',
  'ünï',
  '郵便',
  '',
  'x'.repeat(900),
);
const message: fc.Arbitrary<SentMessage> = fc.oneof(
  fc.record({ role: fc.constant('user' as const), text: word }),
  fc.record({ role: fc.constant('assistant' as const), text: word }),
  fc.record({ role: fc.constant('system' as const), text: word }),
  fc.record({
    role: fc.constant('tool' as const),
    result: fc.record({ id: fc.constantFrom('t1', 't2'), text: word }),
  }),
);
const tools = fc
  .subarray(['search', 'open', 'mail'])
  .map((names) => names.map((name) => ({ name, description: `${name} it`, parameters: {} })));
/** Calls that grow from each other, with what changes now and then. */
const session: fc.Arbitrary<readonly SentCall[]> = fc
  .array(
    fc.record({
      add: fc.array(message, { maxLength: 4 }),
      cut: fc.nat({ max: 3 }),
      tools,
      answer: word,
      isNew: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((turns) => {
    let history: readonly SentMessage[] = [];
    return turns.map(({ add, cut, answer, isNew, tools: given }, place): SentCall => {
      history = [...(isNew ? [] : history.slice(cut === 3 ? 1 : 0)), ...add];
      const call: SentCall = {
        messages: history,
        tools: given,
        answer: { role: 'assistant', text: answer },
        at: 2 + place * 9,
      };
      history = [...history, call.answer];
      return call;
    });
  });

const INPUT = ['unrecorded', 'tools', 'system', 'history', 'toolResults', 'input'] as const;

async function callsOf(text: string): Promise<readonly ContextCall[]> {
  const { traces } = await parseTraces(text);
  return (await contextWindow(traces[0]!)).agents.flatMap(({ calls }) => calls);
}

describe('contextWindow', () => {
  it('gives sections that add up to the recorded tokens, none below zero, each call once', async () => {
    await fc.assert(
      fc.asyncProperty(session, fc.constantFrom('cache' as const, 'none' as const), async (sent, counts) => {
        const calls = await callsOf(modelSession(sent, { counts }));
        expect(calls).toHaveLength(sent.length);
        expect(new Set(calls.map(({ key }) => key)).size).toBe(sent.length);
        for (const { sections, input } of calls) {
          const tokens = INPUT.map((section) => sections[section].tokens!);
          expect(tokens.reduce((sum, each) => sum + each, 0)).toBe(input);
          expect(Math.min(...tokens)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('invents no tokens where none are recorded', async () => {
    await fc.assert(
      fc.asyncProperty(session, async (sent) => {
        for (const { sections, input, results, cache } of await callsOf(modelSession(sent, { counts: 'no tokens' }))) {
          expect(input).toBeNull();
          for (const { tokens } of Object.values(sections)) expect(tokens).toBeNull();
          for (const { tokens } of results) expect(tokens).toBeNull();
          expect(
            [cache.shared, cache.read, cache.lost, cache.lostCost].filter((each) => each !== null && each !== 0),
          ).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('tells a difference only where the prompt of the call it continues is no beginning of its own', async () => {
    await fc.assert(
      fc.asyncProperty(session, async (sent) => {
        const calls = await callsOf(modelSession(sent));
        const prompts = sent.map(({ tools: given = [], messages }) => [...given, ...messages].map(write));
        const wrong = calls.filter(({ previousPlace, cache: { difference, state } }, place) => {
          if (previousPlace === null) return state !== 'first' || difference !== null;
          const isBeginning = prompts[previousPlace]!.every((piece, at) => piece === prompts[place]![at]);
          return difference !== null && isBeginning;
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('finds the first place in which two prompts differ, to the character', () => {
    const prompt = fc.array(
      fc.tuple(fc.constantFrom('user', 'assistant'), fc.string({ unit: fc.constantFrom('a', 'b') })),
      {
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(prompt, prompt, prompt, (shared, before, now) => {
        const [then, next] = [
          [...shared, ...before],
          [...shared, ...now],
        ].map((said) => said.map(pieceOf)) as [Piece[], Piece[]];
        const wires = [then, next].map((pieces) => pieces.map(({ role, text }) => `${role} ${text}`));
        const place = wires[0]!.findIndex((piece, at) => piece !== wires[1]![at]);
        const found = firstDifference(then, next);
        expect(found?.place ?? -1).toBe(place);
        const [one, other] = [then[place]?.text ?? '', next[place]?.text ?? ''];
        const alike = then[place]?.role === next[place]?.role;
        let offset = 0;
        while (offset < (alike ? one.length : 0) && one[offset] === other[offset]) offset += 1;
        expect(found?.offset ?? 0).toBe(offset);
        const whole = then.slice(0, Math.max(0, place)).reduce((sum, { characters }) => sum + characters, 0);
        expect(found?.shared ?? whole + offset).toBe(whole + offset);
      }),
    );
  });
});

const write = (piece: object): string => JSON.stringify(piece);
const pieceOf = ([role, text]: readonly [string, string], at: number): Piece => ({
  section: 'messages',
  message: at,
  role,
  name: null,
  text,
  characters: text.length,
  results: [],
});
