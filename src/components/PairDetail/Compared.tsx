'use client';
import type { TextComparison } from '../../analysis/diff/pair/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Value } from '../SpanDetail/values/Value.tsx';
import { Side, type SideName } from './sides.tsx';
import { Changes } from './Changes.tsx';
import { TextDiff } from './TextDiff.tsx';

interface ComparedProps {
  readonly text: TextComparison;
  /** What stands there on either side, where it is not a difference that is shown. */
  readonly whole: string;
  readonly field: string;
  readonly unified: boolean;
}

/** A text of both sides: JSON by its structure, all else by its words; once where it is the same. */
export function Compared({ text, whole, field, unified }: ComparedProps) {
  const { labels } = useTraceContext();
  const isSame = text.parts.every(({ op }) => op === 'same');
  const notes = [
    text.equality === 'unknown' ? labels.maskedUnknown : null,
    text.level === 'word' ? null : labels.shownByLine,
    !isSame && text.equality === 'equal' ? labels.sameButIds : null,
  ].filter((note) => note !== null);
  return (
    <>
      {notes.map((note) => (
        <p key={note} className="tv-faint tv-pair-note">
          {note}
        </p>
      ))}
      {isSame ? (
        <Side of="b">
          <Value value={whole} field={field} lines={12} />
        </Side>
      ) : text.values && text.values.length > 0 ? (
        <Changes changes={text.values} unified={unified} />
      ) : (
        <TextDiff parts={text.parts} unified={unified} />
      )}
    </>
  );
}

interface OneSidedProps {
  readonly of: SideName;
  readonly value: unknown;
  readonly field: string;
}

/** A value that only one side has, as a whole. */
export function OneSided({ of, value, field }: OneSidedProps) {
  const { labels } = useTraceContext();
  const Tag = of === 'a' ? 'del' : 'ins';
  return (
    <Tag className="tv-one-sided" data-op={of === 'a' ? 'removed' : 'added'}>
      <span className="tv-visually-hidden">{of === 'a' ? labels.removedText : labels.addedText} </span>
      <Side of={of}>
        <Value value={value} field={field} lines={12} />
      </Side>
    </Tag>
  );
}
