'use client';
import type { ReactNode } from 'react';
import { requestFacts, type RequestFacts } from '../../../../conventions/steps/requestFacts.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Span, SpanContent } from '../../../../model/types.ts';
import { DocumentsPanel } from '../documents/DocumentsPanel.tsx';
import { PayloadSection } from '../PayloadSection.tsx';
import { EmbeddingPanel } from './EmbeddingPanel.tsx';
import { PromptPanel } from './PromptPanel.tsx';
import { RequestPanel } from './RequestPanel.tsx';
import { ToolPanel } from './ToolPanel.tsx';
import { VerdictPanel } from './VerdictPanel.tsx';

interface StepProps {
  readonly span: Span;
  readonly content: SpanContent;
}

const REQUESTS: ReadonlySet<string> = new Set(['http', 'db', 'rpc', 'messaging']);
const JUDGES: ReadonlySet<string> = new Set(['guardrail', 'evaluator']);

/** Whether there is anything to say of what went in and what came out. */
export const hasStep = (
  { kind }: Span,
  { input, output, tool, documents, promptTemplate, embeddings }: SpanContent,
): boolean =>
  Boolean(input ?? output ?? tool ?? documents ?? promptTemplate) ||
  embeddings.length > 0 ||
  REQUESTS.has(kind) ||
  JUDGES.has(kind);

/** What went in and what came out, in the form that suits the step. */
export function StepPanel({ span, content }: StepProps): ReactNode {
  const { labels } = useTraceContext();
  const { tool, documents, promptTemplate, embeddings, input, output } = content;
  const says = {
    tool: tool !== null,
    documents: documents !== null && documents.input.length + documents.output.length > 0,
    embeddings: embeddings.length > 0,
    template: promptTemplate !== null,
  };
  const isTold = REQUESTS.has(span.kind) && input !== null && isSaidBy(requestFacts(content.attributes), input.text);
  const isWhole = (says.documents || says.embeddings) && !says.tool;
  return (
    <>
      {REQUESTS.has(span.kind) ? <RequestPanel content={content} /> : null}
      {JUDGES.has(span.kind) ? <VerdictPanel span={span} content={content} /> : null}
      {says.template ? <PromptPanel content={content} /> : null}
      {says.tool ? <ToolPanel span={span} content={content} /> : null}
      {documents ? <DocumentsPanel span={span} documents={documents} /> : null}
      {says.embeddings ? <EmbeddingPanel span={span} embeddings={embeddings} /> : null}
      {tool?.arguments !== undefined || isWhole || isTold ? null : (
        <PayloadSection side="input" title={labels.input} payload={input} />
      )}
      {tool?.result !== undefined || isWhole ? null : (
        <PayloadSection side="output" title={labels.output} payload={output} />
      )}
    </>
  );
}

/** An input that is no more than what the request was: its statement, or `GET` and its address. */
const isSaidBy = (request: RequestFacts | null, text: string): boolean =>
  request !== null &&
  [request.statement, `${request.operation} ${request.address}`, `${request.operation} ${request.target}`].includes(
    text,
  );
