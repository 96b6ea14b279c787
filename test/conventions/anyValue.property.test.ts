import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeMap } from '../../src/model/attributes.ts';
import { DIALECTS } from '../../src/conventions/index.ts';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';

/** Keys that only content readers look at stand in no table, so they are named here. */
const CONTENT_KEYS = [
  'langfuse.observation.input',
  'langfuse.observation.output',
  'langfuse.observation.model.parameters',
  'langfuse.observation.prompt.name',
  'langfuse.trace.metadata.k',
  'gen_ai.prompt',
  'gen_ai.completion',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'langsmith.metadata.invocation_params',
  'langsmith.metadata.ls_stop',
  'events',
  'final_result',
  'tool_arguments',
  'tool_response',
  'model_request_parameters',
  'mlflow.spanInputs',
  'mlflow.spanOutputs',
  'mlflow.chat.tools',
  'mlflow.spanFunctionName',
];
const key = fc.constantFrom(...DIALECTS.flatMap(({ slots }) => Object.keys(slots)), ...CONTENT_KEYS);

/** Names that lead readers into the branches where structure has a meaning. */
const name = fc.constantFrom(
  'messages',
  'role',
  'content',
  'type',
  'kwargs',
  'id',
  'data',
  'generations',
  'choices',
  'message',
  'tool_calls',
  'additional_kwargs',
  'response_metadata',
  'documents',
  'page_content',
  'input',
  'total',
  'function_tools',
  'event.name',
  '__proto__',
  'constructor',
);
const word = fc.constantFrom(
  'retriever',
  'tool',
  'RETRIEVER',
  '"TOOL"',
  'pending_span',
  'human',
  'constructor',
  'gen_ai.choice',
  'gen_ai.tool.message',
  '[[["',
  '',
  '\u0000',
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    word,
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
/** Structure as it comes, or as JSON text. */
const recorded = fc.tuple(value, fc.boolean()).map(([held, asText]) => (asText ? JSON.stringify(held) : held));

describe('attributes with any value', () => {
  it('are read without an exception, as envelope and as content, and numbers stay numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, recorded), { maxLength: 8 }), (entries) => {
        const attributes = Object.fromEntries(entries);
        const { usage, cost, kind, name: title } = readEnvelope(attributes);
        for (const amount of [...Object.values(usage ?? {}), cost?.total ?? null])
          expect(typeof amount === 'object' || Number.isFinite(amount)).toBe(true);
        expect([typeof kind, title === null || typeof title === 'string']).toEqual(['string', true]);
        const content = readContent(attributeMap(attributes), []);
        for (const message of [...(content.messages?.input ?? []), ...(content.messages?.output ?? [])])
          expect([typeof message.role, Array.isArray(message.parts)]).toEqual(['string', true]);
        for (const text of [content.input?.text, content.output?.text, content.tool?.name])
          expect(['string', 'undefined']).toContain(typeof text);
      }),
      { numRuns: 500 },
    );
  });

  it('may be nested as deep as they like', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const chat = `{"messages":${deep}}`;
    const attributes = new Map(CONTENT_KEYS.map((each, i) => [each, i % 2 === 0 ? deep : chat] as const));
    expect(() => readContent(attributes, [])).not.toThrow();
    expect(() =>
      readEnvelope(Object.fromEntries(DIALECTS.flatMap(({ slots }) => Object.keys(slots)).map((each) => [each, deep]))),
    ).not.toThrow();
  });
});
