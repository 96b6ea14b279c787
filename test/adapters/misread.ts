/**
 * Recordings that are not read right yet, with what is wrong, by the test that shows it. Those tests are expected to fail: one that
 * starts to pass breaks the run until its line here is taken away.
 */
export const MISREAD: Readonly<Record<string, { readonly kinds: string; readonly tokens?: string }>> = {
  adk: {
    kinds: '`call_llm` is an agent, a failed tool a span',
    tokens: 'cached tokens and thoughts are in JSON of the response',
  },
  'help-desk.chat.jsonl': { kinds: 'what the OpenAI Agents SDK exports is no format yet' },
  'help-desk.responses.jsonl': { kinds: 'what the OpenAI Agents SDK exports is no format yet' },
  genkit: { kinds: 'all spans are of kind span', tokens: 'usage is in the JSON of the output' },
  mastra: { kinds: '`model_generation` and `model_chunk` are of kind span' },
  strands: { kinds: 'the span of a round is of kind span' },
  'strands-latest': { kinds: 'the span of a round is of kind span' },
};
