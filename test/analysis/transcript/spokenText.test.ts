import { describe, expect, it } from 'vitest';
import { spokenText } from '../../../src/analysis/transcript/spokenText.ts';

const said = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return spokenText({ text, mimeType: 'application/json', json: () => JSON.parse(text) as unknown });
};

describe('what a payload says', () => {
  it('is its one text', () => {
    expect(said({ input: { question: 'Where?' } })).toBe('Where?');
    expect(spokenText(null)).toBe('');
  });

  it('is the last message in the state of a graph', () => {
    expect(said({ messages: [{ role: 'user', content: 'Where?' }] })).toBe('Where?');
    const answer = { lc: 1, type: 'constructor', kwargs: { type: 'ai', content: 'North.', tool_calls: [] } };
    expect(said({ messages: [{ role: 'user', content: 'Where?' }, answer] })).toBe('North.');
  });

  it.each([
    [{ a: 'x', b: 'y' }],
    [{ messages: [{ role: 'assistant', content: '', tool_calls: [{}] }] }],
    [
      [
        { content: 'a file', name: 'f' },
        { content: 'another', name: 'g' },
      ],
    ],
  ])('is all of %j', (value) => {
    expect(said(value)).toBe(JSON.stringify(value));
  });
});
