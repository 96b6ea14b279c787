'use client';
import { useMemo } from 'react';
import { argumentDigest } from '../../analysis/conversation/argumentDigest.ts';
import type { TranscriptLine } from '../../analysis/transcript/types.ts';
import { resultBlocks } from '../../conventions/content/readContent.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Span, Trace } from '../../model/types.ts';
import { KindGlyph, Sign } from '../parts/icons.tsx';
import { Arguments } from '../SpanDetail/panels/Arguments.tsx';
import { Result } from '../SpanDetail/panels/Result.tsx';
import { Fold } from '../SpanDetail/values/Fold.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { Amounts } from './Amounts.tsx';
import { oneLine } from './oneLine.ts';

interface ToolLineProps {
  readonly line: Extract<TranscriptLine, { type: 'tool' }>;
  readonly trace: Trace;
  readonly span: Span;
  readonly id: string;
}

const ABOUT = { section: 'output' } as const;

/** A call of a tool in a line, what came back in a second; all of both when it is opened. */
export function ToolLine({ line, trace, span, id }: ToolLineProps) {
  const { labels, format } = useTraceContext();
  const { name, result, failed, message, attempt, run } = line;
  const given = useMemo(
    () => argumentDigest({ tool: { name, arguments: line.arguments }, input: null }, 160),
    [name, line.arguments],
  );
  const told = useMemo(() => previewOf(result), [result]);
  const failure = failed ? (message ?? labels.failed) : null;
  const isEmpty = result === undefined || result === null || result === '';
  return (
    <div className="tv-talk-tool" data-kind="tool" data-tone={failed ? 'error' : undefined}>
      <Fold
        id={id}
        aside={run === null ? null : <Amounts trace={trace} span={span} />}
        summary={
          <>
            <KindGlyph kind="tool" />
            <b>{recordedText(name === '' ? labels.result : name, true)}</b>
            {attempt > 1 ? <span className="tv-badge">{labels.attempt(format.count(attempt))}</span> : null}
            {given === null ? null : <bdi className="tv-talk-given">{recordedText(given, true)}</bdi>}
          </>
        }
      >
        <Arguments value={line.arguments} />
        {isEmpty ? (
          <p className="tv-faint">{labels.emptyResult}</p>
        ) : (
          <Result value={result} id={`${id}.text`} about={ABOUT} lines={20} />
        )}
      </Fold>
      {failure === null ? null : (
        <p className="tv-talk-error">
          <Sign name="error" size={12} />
          <bdi>{recordedText(failure.slice(0, 600))}</bdi>
        </p>
      )}
      {told === '' || (failure !== null && failure.startsWith(told)) ? null : (
        <p className="tv-talk-result">
          <span aria-hidden="true">→</span>
          <span className="tv-visually-hidden">{labels.returned} </span>
          <bdi>{recordedText(told, true)}</bdi>
        </p>
      )}
    </div>
  );
}

/** The beginning of a result as one line; of blocks the first text. */
function previewOf(result: unknown): string {
  const blocks = resultBlocks(result);
  const text = blocks?.find((block) => block.type === 'text');
  return oneLine(text && 'text' in text ? text.text : result);
}
