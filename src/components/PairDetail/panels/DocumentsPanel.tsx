'use client';
import type { DocumentComparison, PairComparison } from '../../../analysis/diff/pair/types.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { Document } from '../../../model/types.ts';
import { WindowedList } from '../../parts/WindowedList.tsx';
import { titleOfDocument } from '../../SpanDetail/panels/documents/titleOfDocument.ts';
import { Fold } from '../../SpanDetail/values/Fold.tsx';
import { Section } from '../../SpanDetail/values/Section.tsx';
import { Value } from '../../SpanDetail/values/Value.tsx';
import type { PairData } from '../types.ts';
import { Side, SideText } from '../sides.tsx';
import { Added, Removed } from '../TextDiff.tsx';

const SIDES = ['input', 'output'] as const;

/** All documents of a pair. */
export const documentsOf = (found: PairComparison | null): readonly DocumentComparison[] => [
  ...(found?.documents?.input ?? []),
  ...(found?.documents?.output ?? []),
];

/** Documents with their places and scores on either side, in the order of B; those that B has not stand below. */
export function DocumentsPanel({ data: { found, a, b } }: { readonly data: PairData }) {
  const { labels, format } = useTraceContext();
  const lists = found?.documents;
  if (!lists) return null;
  const isBoth = lists.input.length > 0 && lists.output.length > 0;
  return SIDES.map((side) => {
    const list = lists[side];
    if (list.length === 0) return null;
    const [inA, inB] = [a.content?.documents?.[side] ?? [], b.content?.documents?.[side] ?? []];
    return (
      <Section
        key={side}
        title={isBoth ? labels[side] : labels.documents}
        tools={
          <span className="tv-aside">
            {a.span && b.span
              ? labels.documentsKept(format.count(inA.length), format.count(inB.length), inB.length)
              : null}
          </span>
        }
      >
        <WindowedList
          label={labels.documents}
          className="tv-pair-documents"
          count={list.length}
          estimate={30}
          renderEntry={(at) => (
            <Compare document={list[at]!} a={inA} b={inB} isPair={a.span !== null && b.span !== null} />
          )}
        />
      </Section>
    );
  });
}

interface CompareProps {
  readonly document: DocumentComparison;
  readonly a: readonly Document[];
  readonly b: readonly Document[];
  readonly isPair: boolean;
}

function Compare({ document: { op, rank, score }, a, b, isPair }: CompareProps) {
  const { labels, format } = useTraceContext();
  const from = rank.a === null ? null : (a[rank.a - 1] ?? null);
  const to = rank.b === null ? null : (b[rank.b - 1] ?? null);
  const own = to ?? from;
  if (!own) return null;
  const side = to ? 'b' : 'a';
  const title = <SideText of={side} text={titleOfDocument(own) ?? labels.document} />;
  const place = (value: number | null): string => (value === null ? '–' : format.count(value));
  return (
    <Fold
      className="tv-pair-document"
      summary={
        <>
          <span className="tv-pair-rank" data-changed={rank.delta !== 0 || undefined}>
            {rank.a === rank.b || !isPair ? place(rank.b ?? rank.a) : `${place(rank.a)} → ${place(rank.b)}`}
          </span>
          <b>
            {isPair && op === 'removed' ? <Removed>{title}</Removed> : null}
            {isPair && op === 'added' ? <Added>{title}</Added> : null}
            {!isPair || (op !== 'removed' && op !== 'added') ? <bdi>{title}</bdi> : null}
          </b>
          <span className="tv-aside">{scoreWords(score.a, score.b, isPair)}</span>
        </>
      }
    >
      {own.content === undefined ? (
        <p className="tv-faint">{labels.noText}</p>
      ) : (
        <Side of={side}>
          <Value value={own.content} field="document" lines={6} />
        </Side>
      )}
    </Fold>
  );
}

function scoreWords(a: number | null, b: number | null, isPair: boolean): string {
  const write = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(3))));
  if (a === null && b === null) return '';
  return a === b || !isPair ? write(b ?? a) : `${write(a)} → ${write(b)}`;
}
