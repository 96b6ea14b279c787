import { describe, expect, it } from 'vitest';
import { answeredIn, askedIn } from '../../src/components/TraceSession/turnPreview.ts';
import type { Message, Payload, SpanContent } from '../../src/core.ts';

const payload = (text: string): Payload => ({
  text,
  mimeType: 'text/plain',
  json: () => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  },
});
const say = (role: string, text: string): Message => ({ role, parts: [{ type: 'text', text }] });
const content = (parts: Partial<SpanContent>): SpanContent =>
  ({ input: null, output: null, messages: null, ...parts }) as SpanContent;

describe('what a turn was asked and answered', () => {
  it('is the last thing that a user said, and the last answer', () => {
    const messages = {
      input: [say('system', 'Be kind.'), say('user', 'Hello'), say('assistant', 'Hi'), say('user', 'Where is it?')],
      output: [say('assistant', 'On  its\nway.')],
    };
    expect([askedIn(content({ messages })), answeredIn(content({ messages }))]).toEqual([
      'Where is it?',
      'On its way.',
    ]);
  });

  it.each([
    ['plain', 'plain'],
    ['{"question":"Where?"}', 'Where?'],
    ['{"outputs":{"text":"There."}}', 'There.'],
    ['["one"]', 'one'],
    ['{"a":"1","b":"2"}', '{"a":"1","b":"2"}'],
    ['{"n":1}', '{"n":1}'],
    ['{broken', '{broken'],
    ['', ''],
  ])('is of %s the text “%s”', (text, found) => {
    expect(askedIn(content({ input: payload(text) }))).toBe(found);
  });

  it('is nothing where nothing was recorded', () => {
    expect([askedIn(content({})), answeredIn(content({}))]).toEqual(['', '']);
  });

  it('is cut to two hundred characters, never within a mark or a character', () => {
    expect(answeredIn(content({ output: payload('a'.repeat(500)) }))).toBe(`${'a'.repeat(200)}…`);
    expect(answeredIn(content({ output: payload(`${'a'.repeat(195)}⟦email·1⟧ and more`) }))).toBe(
      `${'a'.repeat(195)}…`,
    );
    expect(answeredIn(content({ output: payload(`${'a'.repeat(199)}😀${'b'.repeat(300)}`) }))).toBe(
      `${'a'.repeat(199)}…`,
    );
  });
});
