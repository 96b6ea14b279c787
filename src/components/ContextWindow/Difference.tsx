'use client';
import type { PromptDifference } from '../../analysis/contextWindow/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { plainText, recordedText } from '../text/recordedText.tsx';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { shownDifference } from './callWords.ts';

/** Where two prompts part, in a line: what was sent before, and what now. */
export function Difference({ difference }: { readonly difference: PromptDifference }) {
  const { format } = useTraceContext();
  const words = useLaterLabels();
  const { section, message, tool } = difference;
  const { lead, before, now, rest } = shownDifference(difference);
  return (
    <span className="tv-context-difference">
      <span className="tv-faint">
        {words.contextPlace(
          section,
          message === null ? null : format.count(message + 1),
          tool === null ? null : plainText(tool).slice(0, 60),
        )}
      </span>{' '}
      <bdi>
        <span className="tv-faint">{recordedText(lead, true)}</span>
        {before === '' ? null : (
          <del>
            <span className="tv-visually-hidden">{words.contextBefore} </span>
            {recordedText(before, true)}
          </del>
        )}{' '}
        <ins>
          <span className="tv-visually-hidden">{words.contextNow} </span>
          {now === '' ? <i>{words.contextNothing}</i> : recordedText(now, true)}
        </ins>
        <span className="tv-faint">{recordedText(rest, true)}</span>
      </bdi>
    </span>
  );
}
