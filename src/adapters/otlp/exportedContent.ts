import { toJson } from '../../conventions/toJson.ts';
import type { readContent } from '../../conventions/content/readContent.ts';
import type { AttributeValue, Document, SpanContent } from '../../model/types.ts';

type Attribute = readonly [key: string, value: AttributeValue | undefined];

/**
 * Writes what a span holds beside messages and its attributes lack, in the words of OpenInference and OpenTelemetry.
 */
export function contentAttributes(content: SpanContent, meant: ReturnType<typeof readContent>): readonly Attribute[] {
  const { tool, documents, promptTemplate, toolDefinitions, parameters, embeddings } = content;
  return [
    ...(tool && toJson(tool) !== toJson(meant.tool)
      ? ([
          ['gen_ai.tool.name', tool.name],
          ['gen_ai.tool.description', tool.description],
          ['gen_ai.tool.call.id', tool.callId],
          ['gen_ai.tool.call.arguments', asText(tool.arguments)],
          ['gen_ai.tool.call.result', asText(tool.result)],
        ] as const)
      : []),
    ...(documents && toJson(documents) !== toJson(meant.documents) ? documentAttributes(documents) : []),
    ...(promptTemplate && toJson(promptTemplate) !== toJson(meant.promptTemplate)
      ? ([
          ['llm.prompt_template.template', promptTemplate.template],
          ['llm.prompt_template.variables', toJson(promptTemplate.variables)],
          ['llm.prompt_template.version', promptTemplate.version],
        ] as const)
      : []),
    ...(toJson(toolDefinitions) === toJson(meant.toolDefinitions)
      ? []
      : [['gen_ai.tool.definitions', toJson(toolDefinitions.map((each) => ({ type: 'function', ...each })))] as const]),
    ...(toJson(parameters) === toJson(meant.parameters)
      ? []
      : [['llm.invocation_parameters', toJson(parameters)] as const]),
    ...(toJson(embeddings) === toJson(meant.embeddings)
      ? []
      : embeddings.flatMap(({ text, vector }, at) => {
          const numbers = vector();
          return [
            [`embedding.embeddings.${at}.embedding.text`, text],
            [`embedding.embeddings.${at}.embedding.vector`, numbers ? Array.from(numbers) : undefined],
          ] as const;
        })),
  ];
}

/** A reranker has documents before and after; all others found theirs. */
function documentAttributes({ query, input, output }: NonNullable<SpanContent['documents']>): readonly Attribute[] {
  const ranked = input.length > 0;
  const list = (prefix: string, documents: readonly Document[]): readonly Attribute[] =>
    documents.flatMap(
      ({ id, content, score, metadata }, at) =>
        [
          [`${prefix}.${at}.document.id`, id],
          [`${prefix}.${at}.document.content`, content],
          [`${prefix}.${at}.document.score`, score],
          [`${prefix}.${at}.document.metadata`, metadata === undefined ? undefined : toJson(metadata)],
        ] as const,
    );
  return [
    [ranked ? 'reranker.query' : 'input.value', query],
    ...list('reranker.input_documents', input),
    ...list(ranked ? 'reranker.output_documents' : 'retrieval.documents', output),
  ];
}

function asText(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return toJson(value);
}
