'use client';
import { Fragment, useMemo, type ReactNode } from 'react';
import type { AttributeValue } from '../../../../model/types.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { toJson } from '../../../../conventions/json.ts';
import { WindowedList } from '../../../parts/WindowedList.tsx';
import { recordedText, spokenText } from '../../../text/recordedText.tsx';
import { Value } from '../../values/Value.tsx';
import { CopyButton } from '../CopyButton.tsx';

/** A table of names and values in the order of names. Names are data: they are shown as they are. */
export function AttributeTable({ attributes }: { readonly attributes: ReadonlyMap<string, AttributeValue> }) {
  const { labels } = useTraceContext();
  const names = useMemo(() => Array.from(attributes.keys()).sort(byName), [attributes]);
  if (attributes.size === 0) return null;
  return (
    <WindowedList
      role="table"
      label={labels.attributes}
      className="tv-attributes"
      count={names.length}
      estimate={25}
      keyOf={(at) => names[at]!}
      renderEntry={(at) => <Attribute name={names[at]!} value={attributes.get(names[at]!) ?? null} />}
    />
  );
}

function Attribute({ name, value }: { readonly name: string; readonly value: AttributeValue }) {
  const { labels } = useTraceContext();
  return (
    <>
      <div role="rowheader">
        <bdi>{breakable(name)}</bdi>
      </div>
      <div role="cell">
        {value === '' ? (
          <span className="tv-faint">{labels.emptyText}</span>
        ) : (
          <Value value={value} field="attribute" lines={6} />
        )}
      </div>
      <div role="cell">
        <CopyButton
          label={labels.copyValueOf(spokenText(name.slice(0, LONGEST)))}
          text={() => (typeof value === 'string' ? value : toJson(value))}
        />
      </div>
    </>
  );
}

/** Names with more pieces are shown whole, and longer ones are not heard whole. */
const PIECES = 24;
const LONGEST = 200;

/** Long names may break after a dot or an underscore. */
function breakable(name: string): ReactNode {
  const pieces = name.split(/(?<=[._])/);
  if (pieces.length > PIECES) return recordedText(name);
  return pieces.map((piece, place) => (
    <Fragment key={place}>
      {recordedText(piece)}
      <wbr />
    </Fragment>
  ));
}

/** `a.2.b` before `a.10.b`. */
const byName = new Intl.Collator('en', { numeric: true }).compare;
