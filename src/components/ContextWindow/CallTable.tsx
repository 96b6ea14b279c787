'use client';
import { useState } from 'react';
import type { AgentContext, ContextSize } from '../../analysis/contextWindow/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { cacheWords, lostWords } from './callWords.ts';
import { SECTIONS } from './Swatch.tsx';

/** So many calls have rows. */
const ROWS = 500;

/** The same as the picture in words and numbers, for who asks for it. */
export function CallTable({ agent: { calls }, name }: { readonly agent: AgentContext; readonly name: string }) {
  const { format } = useTraceContext();
  const words = useLaterLabels();
  const [open, setOpen] = useState(false);
  const shown = SECTIONS.filter(
    (section) => section !== 'unrecorded' || calls.some(({ sections }) => (sections.unrecorded.tokens ?? 0) > 0),
  );
  const written = ({ tokens, characters }: ContextSize, inTokens: boolean): string => {
    if (!inTokens) return format.count(characters);
    return tokens === null ? '' : format.count(tokens);
  };
  return (
    <details className="tv-context-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.contextTable}</summary>
      {open ? (
        // What is wider than the page is scrolled by keys too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div role="region" aria-label={name} tabIndex={0}>
          <table>
            <caption className="tv-visually-hidden">{name}</caption>
            <thead>
              <tr>
                <th scope="col">#</th>
                <th scope="col">{words.contextInput}</th>
                {shown.map((section) => (
                  <th key={section} scope="col">
                    {words.contextSection(section)}
                  </th>
                ))}
                <th scope="col">{words.contextCached}</th>
                <th scope="col">{words.contextCacheColumn}</th>
              </tr>
            </thead>
            <tbody>
              {calls.slice(0, ROWS).map((call, place) => (
                <tr key={call.key}>
                  <th scope="row">{format.count(place + 1)}</th>
                  <td>{call.input === null ? '' : format.count(call.input)}</td>
                  {shown.map((section) => (
                    <td key={section}>{written(call.sections[section], call.input !== null)}</td>
                  ))}
                  <td>{call.cache.read === null ? '' : format.count(call.cache.read)}</td>
                  <td>
                    {[
                      call.compacted ? words.contextCompacted : '',
                      cacheWords(call, words, format),
                      lostWords(call, words, format),
                    ]
                      .filter((each) => each !== '')
                      .join(' · ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </details>
  );
}
