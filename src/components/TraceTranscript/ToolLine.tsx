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
import { Amounts } from './Amounts.tsx';
import { Marked } from './Marked.tsx';
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
        summary={
          <>
            <KindGlyph kind="tool" />
            <b>
              <Marked text={name === '' ? labels.result : name} />
            </b>
            {attempt > 1 ? <span className="tv-badge">{labels.attempt(format.count(attempt))}</span> : null}
            {given === null ? null : (
              <bdi className="tv-talk-given">
                <Marked text={given} />
              </bdi>
            )}
            {run === null ? null : <Amounts trace={trace} span={span} />}
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
          <bdi>
            <Marked text={failure.slice(0, 600)} />
          </bdi>
        </p>
      )}
      {told === '' || (failure !== null && repeats(failure, told)) ? null : (
        <p className="tv-talk-result">
          <span aria-hidden="true">→</span>
          <span className="tv-visually-hidden">{labels.returned} </span>
          <bdi>
            <Marked text={told} />
          </bdi>
        </p>
      )}
    </div>
  );
}

/** What a tool gives back when it fails is mostly its failure once more. */
const repeats = (failure: string, told: string): boolean => failure.includes(told) || told.includes(failure);

/** The beginning of a result as one line; of blocks the first text. */
function previewOf(result: unknown): string {
  const blocks = resultBlocks(result);
  const text = blocks?.find((block) => block.type === 'text');
  return oneLine(text && 'text' in text ? text.text : result);
}
