'use client';
import { useCallback, useEffect, useState } from 'react';
import { argumentDigest } from '../../../analysis/conversation/argumentDigest.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { hexOf, toJson } from '../../../conventions/toJson.ts';
import type { AttributeValue, SpanContent, Trace } from '../../../model/types.ts';
import { Slot } from '../../parts/Slot.tsx';
import { recordedText } from '../../text/recordedText.tsx';
import type { GridColumn } from './columns.tsx';
import { createIdleQueue } from '../idleQueue.ts';

const PREFIX = 'attribute:';

/** The id of the column that shows an attribute. */
export const attributeColumnId = (key: string): string => PREFIX + key;

/** The attribute that a column of this id shows; null for other columns. */
export const attributeOf = (id: string): string | null =>
  id.startsWith(PREFIX) && id.length > PREFIX.length ? id.slice(PREFIX.length) : null;

/**
 * Any attribute as a column: of the span, else of what produced it. Its values lie in the contents, so only rows on
 * screen have one, and it does not sort.
 */
export const attributeColumn = (key: string): GridColumn => ({
  id: attributeColumnId(key),
  header: key,
  width: 120,
  value: () => null,
  draw: ({ index }, trace) => (
    <Slot key={index} render={() => <AttributeCell trace={trace} index={index} attribute={key} />} />
  ),
});

/** What tools were called with, as a column: the same words as behind their names. */
export const argumentsColumn = (header: string): GridColumn => ({
  id: 'arguments',
  header,
  width: 160,
  value: () => null,
  draw: ({ index }, trace) =>
    trace.span(index).kind === 'tool' ? (
      <Slot key={index} render={() => <ContentCell trace={trace} index={index} id="arguments" read={digestOf} />} />
    ) : null,
});

const digestOf = (content: SpanContent): string | null => argumentDigest(content, LONGEST);

function AttributeCell({
  trace,
  index,
  attribute,
}: {
  readonly trace: Trace;
  readonly index: number;
  readonly attribute: string;
}) {
  const read = useCallback((content: SpanContent) => attributeText(content, attribute), [attribute]);
  return <ContentCell trace={trace} index={index} id={attributeColumnId(attribute)} read={read} />;
}

interface ContentCellProps {
  readonly trace: Trace;
  readonly index: number;
  /** What is read, as values are remembered by it. */
  readonly id: string;
  read(content: SpanContent): string | null;
}

function ContentCell({ trace, index, id, read }: ContentCellProps) {
  const { labels } = useTraceContext();
  const text = useContentText(trace, index, id, read);
  if (text === undefined)
    return (
      <span className="tv-faint" aria-hidden="true">
        …
      </span>
    );
  if (text === FAILED)
    return (
      <span className="tv-faint" title={labels.contentFailed}>
        —<span className="tv-visually-hidden">{labels.contentFailed}</span>
      </span>
    );
  return text === null ? null : <bdi className="tv-word">{recordedText(text, true)}</bdi>;
}

const FAILED = Symbol('not read');
type Read = string | null | typeof FAILED;

/** Read values by trace and column, so that a row that comes back on screen has its value at once. */
const known = new WeakMap<Trace, Map<string, Map<number, Read>>>();
const KEPT = 4000;
/** Contents are decoded when somebody stays with a row, not while rows fly by. */
const queue = createIdleQueue<() => void>((read) => read(), 60);

function useContentText(trace: Trace, index: number, id: string, textIn: ContentCellProps['read']): Read | undefined {
  const values = knownValues(trace, id);
  const [, setSeen] = useState<Read>();
  const isKnown = values.has(index);
  useEffect(() => {
    if (isKnown) return undefined;
    let wanted = true;
    const settle = (value: Read): void => {
      if (values.size >= KEPT) values.clear();
      values.set(index, value);
      if (wanted) setSeen(value);
    };
    const read = (): void => {
      try {
        const content = trace.content(index);
        if (content instanceof Promise) content.then((found) => settle(textIn(found))).catch(() => settle(FAILED));
        else settle(textIn(content));
      } catch {
        settle(FAILED);
      }
    };
    queue.add(read);
    return () => {
      wanted = false;
      queue.drop(read);
    };
  }, [trace, index, textIn, values, isKnown]);
  return values.get(index);
}

function knownValues(trace: Trace, id: string): Map<number, Read> {
  let columns = known.get(trace);
  if (!columns) known.set(trace, (columns = new Map()));
  let values = columns.get(id);
  if (!values) columns.set(id, (values = new Map()));
  return values;
}

/** A cell is short; the details have the whole. */
const LONGEST = 160;

function attributeText({ attributes, resource, scope }: SpanContent, attribute: string): string | null {
  const value = [attributes, resource, scope?.attributes].find((map) => map?.has(attribute))?.get(attribute);
  if (value === undefined || value === null) return null;
  const text = valueText(value);
  if (text.length <= LONGEST) return text;
  // Not within the mark of a masked value: half of one would be read as text.
  const open = text.lastIndexOf('⟦', LONGEST);
  return `${text.slice(0, open > text.lastIndexOf('⟧', LONGEST - 1) ? open : LONGEST)}…`;
}

function valueText(value: AttributeValue): string {
  if (value instanceof Uint8Array) return hexOf(value);
  return typeof value === 'object' ? toJson(value) : String(value);
}
