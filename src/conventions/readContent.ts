import type { Embedding, Message, Score, SpanContent, SpanEvent } from '../model/types.ts';
import { DIALECTS } from './index.ts';
import type { Attributes, ContentReaders } from './types.ts';

type Meaning = Pick<SpanContent, 'input' | 'output' | 'messages' | 'toolDefinitions' | 'parameters' | 'promptTemplate' | 'tool' | 'documents' | 'embeddings' | 'scores'>;

/** What a span's attributes and events mean, field by field; two dialects' messages are never joined. `key` is the span that scores are about. */
export function readContent(attributes: Attributes, events: readonly SpanEvent[], key: string): Meaning {
  const input = first('inputMessages', (read) => read(attributes));
  const output = first('outputMessages', (read) => read(attributes));
  return {
    input: first('input', (read) => read(attributes)),
    output: first('output', (read) => read(attributes)),
    messages: input || output ? { input: input ?? NO_MESSAGES, output: output ?? NO_MESSAGES } : null,
    toolDefinitions: first('toolDefinitions', (read) => read(attributes)) ?? [],
    parameters: first('parameters', (read) => read(attributes)) ?? {},
    promptTemplate: first('promptTemplate', (read) => read(attributes)),
    tool: first('tool', (read) => read(attributes)),
    documents: first('documents', (read) => read(attributes)),
    embeddings: first('embeddings', (read) => read(attributes)) ?? NO_EMBEDDINGS,
    scores: (first('scores', (read) => read(attributes, events)) ?? []).map((score): Score => ({ ...score, target: { level: 'span', key } })),
  };
}

const NO_MESSAGES: readonly Message[] = [];
const NO_EMBEDDINGS: readonly Embedding[] = [];

/** The answer of the first dialect that has one. */
function first<Field extends keyof ContentReaders, Answer>(field: Field, ask: (read: ContentReaders[Field]) => Answer | null): Answer | null {
  for (const { content } of DIALECTS) {
    const read = content[field];
    const answer = read ? ask(read as ContentReaders[Field]) : null;
    if (answer !== null) return answer;
  }
  return null;
}
