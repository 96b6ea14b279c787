'use client';
import { useMemo, useState, type ReactNode } from 'react';
import {
  foldLines,
  foldWords,
  sideLines,
  unifiedLines,
  type FoldedLine,
  type SideLine,
  type UnifiedLine,
} from '../../analysis/diff/pair/diffLines.ts';
import type { TextPart } from '../../analysis/diff/pair/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { WindowedList } from '../parts/WindowedList.tsx';
import { SideText, type SideName } from './sides.tsx';

interface TextDiffProps {
  readonly parts: readonly TextPart[];
  readonly unified: boolean;
}

/**
 * Two texts, in one or side by side: what was removed is struck, what was added underlined, and both are said. Long
 * stretches that are the same are folded; of long texts only what is in view is in the page.
 */
export function TextDiff({ parts, unified }: TextDiffProps) {
  const lines = useMemo<readonly (UnifiedLine | SideLine)[]>(
    () => (unified ? unifiedLines(parts) : sideLines(parts)),
    [parts, unified],
  );
  const folded = useMemo(() => foldLines(lines.length, (at) => lines[at]!.isSame), [lines]);
  const [opened, setOpened] = useState<{ readonly of: unknown; readonly folds: ReadonlySet<number> }>({
    of: folded,
    folds: NONE,
  });
  const open = opened.of === folded ? opened.folds : NONE;
  const shown = useMemo(() => unfolded(folded, open), [folded, open]);
  const toggle = (from: number): void => {
    const folds = new Set(open);
    if (!folds.delete(from)) folds.add(from);
    setOpened({ of: folded, folds });
  };
  return (
    <WindowedList
      role="none"
      className="tv-text tv-pair-text"
      count={shown.length}
      estimate={LINE_HEIGHT}
      keyOf={(at) => keyOf(shown[at]!)}
      renderEntry={(at) => {
        const item = shown[at]!;
        if (item.kind === 'fold')
          return <LinesFold item={item} isOpen={open.has(item.from)} onToggle={() => toggle(item.from)} />;
        const line = lines[item.at]!;
        return 'parts' in line ? (
          <div className="tv-pair-line">
            <Pieces parts={line.parts} side={null} isSame={line.isSame} />
          </div>
        ) : (
          <div className="tv-pair-sides">
            <Column parts={line.a} side="a" isSame={line.isSame} />
            <Column parts={line.b} side="b" isSame={line.isSame} />
          </div>
        );
      }}
    />
  );
}

const NONE: ReadonlySet<number> = new Set();
const LINE_HEIGHT = 19;

const keyOf = (item: FoldedLine): string => (item.kind === 'fold' ? `f${item.from}` : String(item.at));

function unfolded(folded: readonly FoldedLine[], open: ReadonlySet<number>): readonly FoldedLine[] {
  if (open.size === 0) return folded;
  const shown: FoldedLine[] = [];
  for (const item of folded) {
    shown.push(item);
    if (item.kind === 'fold' && open.has(item.from))
      for (let at = item.from; at < item.to; at += 1) shown.push({ kind: 'line', at });
  }
  return shown;
}

interface LinesFoldProps {
  readonly item: Extract<FoldedLine, { kind: 'fold' }>;
  readonly isOpen: boolean;
  onToggle(): void;
}

function LinesFold({ item, isOpen, onToggle }: LinesFoldProps) {
  const { labels, format } = useTraceContext();
  const count = item.to - item.from;
  return (
    <button type="button" className="tv-pair-fold tv-pair-lines" aria-expanded={isOpen} onClick={onToggle}>
      {labels.linesAsBefore(count, format.count(count))}
    </button>
  );
}

interface PiecesProps {
  readonly parts: readonly TextPart[];
  /** Null where both stand in one. */
  readonly side: SideName | null;
  readonly isSame: boolean;
}

function Column({ parts, side, isSame }: Omit<PiecesProps, 'parts'> & { readonly parts: readonly TextPart[] | null }) {
  return (
    <div className="tv-pair-column" data-state={parts === null ? 'none' : isSame ? 'same' : 'changed'}>
      {parts === null ? null : <Pieces parts={parts} side={side} isSame={isSame} />}
    </div>
  );
}

function Pieces({ parts, side, isSame }: PiecesProps): ReactNode {
  return parts.map((part, at) =>
    part.op === 'same' ? (
      <Same
        key={at}
        text={withoutEnd(part.text)}
        side={side}
        before={at > 0 || side !== null}
        after={at < parts.length - 1 || side !== null}
        whole={isSame}
      />
    ) : (
      <Edit key={at} part={part} />
    ),
  );
}

interface SameProps {
  readonly text: string;
  readonly side: SideName | null;
  readonly before: boolean;
  readonly after: boolean;
  /** The whole line is the same: it is there because it is to be seen. */
  readonly whole: boolean;
}

function Same({ text, side, before, after, whole }: SameProps) {
  const { labels, format } = useTraceContext();
  const [isOpen, setOpen] = useState(false);
  const fold = useMemo(() => (whole ? null : foldWords(text, before, after)), [whole, text, before, after]);
  const of = side ?? 'b';
  if (!fold) return text === '' ? '​' : <SideText of={of} text={text} />;
  return (
    <>
      <SideText of={of} text={fold.head} />
      <button type="button" className="tv-pair-fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {labels.wordsSame(fold.words, format.count(fold.words))}
      </button>{' '}
      {isOpen ? <SideText of={of} text={fold.hidden} /> : null}
      <SideText of={of} text={fold.tail} />
    </>
  );
}

/** Of one side only. A line that ends here alone is a sign. */
function Edit({ part: { op, text } }: { readonly part: TextPart }) {
  const shown = withoutEnd(text);
  const content = (
    <>
      <SideText of={op === 'added' ? 'b' : 'a'} text={shown} />
      {shown.trim() === '' && text.endsWith('\n') ? <i className="tv-hidden">↵</i> : null}
    </>
  );
  return op === 'added' ? <Added>{content}</Added> : <Removed>{content}</Removed>;
}

/** What only B has. Who listens hears so. */
export function Added({ children }: { readonly children: ReactNode }) {
  const { labels } = useTraceContext();
  return (
    <ins className="tv-ins">
      <span className="tv-visually-hidden">{labels.addedText} </span>
      {children}
    </ins>
  );
}

/** What only A has. */
export function Removed({ children }: { readonly children: ReactNode }) {
  const { labels } = useTraceContext();
  return (
    <del className="tv-del">
      <span className="tv-visually-hidden">{labels.removedText} </span>
      {children}
    </del>
  );
}

/** A line is a block: the newline at its end would be an empty one. */
const withoutEnd = (text: string): string =>
  text.endsWith('\n') ? text.slice(0, text.endsWith('\r\n') ? -2 : -1) : text;
