'use client';
import type { TranscriptLine } from '../../analysis/transcript/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Span, Trace } from '../../model/types.ts';
import { KindGlyph, Sign } from '../parts/icons.tsx';
import { Fold } from '../SpanDetail/values/Fold.tsx';
import { Value } from '../SpanDetail/values/Value.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { Amounts } from './Amounts.tsx';
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
      <b>{recordedText(name, true)}</b>
      <bdi className="tv-talk-given">
        {recordedText(oneLine(input), true)}
        {came === '' ? null : <> → {recordedText(came, true)}</>}
        {input === null && came === '' ? labels.nothingSaid : null}
      </bdi>
    </>
  );
  return (
    <div className="tv-talk-tool" data-kind={kind} data-tone={failed ? 'error' : undefined}>
      {input === null && output === null ? (
        <header className="tv-talk-head">
          {summary}
          <Amounts trace={trace} span={span} />
        </header>
      ) : (
        <Fold id={id} aside={<Amounts trace={trace} span={span} />} summary={summary}>
          {input === null ? null : <Value value={input} field="input" lines={8} />}
          {output === null ? null : <Value value={output} field="output" id={`${id}.text`} lines={12} />}
        </Fold>
      )}
      {failed ? (
        <p className="tv-talk-error">
          <Sign name="error" size={12} />
          <bdi>{message === null ? labels.failed : recordedText(message)}</bdi>
        </p>
      ) : null}
    </div>
  );
}
