'use client';
import type { TranscriptLine } from '../../analysis/transcript/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Span, Trace } from '../../model/types.ts';
import { KindGlyph, Sign } from '../parts/icons.tsx';
import { Fold } from '../SpanDetail/values/Fold.tsx';
import { Value } from '../SpanDetail/values/Value.tsx';
import { Amounts } from './Amounts.tsx';
import { Marked } from './Marked.tsx';
import { oneLine } from './oneLine.ts';

interface StepLineProps {
  readonly line: Extract<TranscriptLine, { type: 'step' }>;
  readonly trace: Trace;
  readonly span: Span;
  readonly id: string;
}

/** A step beside the talk (looked up, checked, kept) in a line; what went in and came out when it is opened. */
export function StepLine({ line, trace, span, id }: StepLineProps) {
  const { labels, format } = useTraceContext();
  const { kind, name, input, output, documents, failed, message } = line;
  const came = documents === null ? oneLine(output) : labels.documentCount(documents, format.count(documents));
  const summary = (
    <>
      <KindGlyph kind={kind} />
      <b>
        <Marked text={name} />
      </b>
      <bdi className="tv-talk-given">
        <Marked text={oneLine(input)} />
        {came === '' ? null : (
          <>
            {' '}
            → <Marked text={came} />
          </>
        )}
        {input === null && came === '' ? labels.nothingSaid : null}
      </bdi>
      <Amounts trace={trace} span={span} />
    </>
  );
  return (
    <div className="tv-talk-tool" data-kind={kind} data-tone={failed ? 'error' : undefined}>
      {input === null && output === null ? (
        <header className="tv-talk-head">{summary}</header>
      ) : (
        <Fold id={id} summary={summary}>
          {input === null ? null : <Value value={input} field="input" lines={8} />}
          {output === null ? null : <Value value={output} field="output" id={`${id}.text`} lines={12} />}
        </Fold>
      )}
      {failed ? (
        <p className="tv-talk-error">
          <Sign name="error" size={12} />
          <bdi>
            <Marked text={message ?? labels.failed} />
          </bdi>
        </p>
      ) : null}
    </div>
  );
}
