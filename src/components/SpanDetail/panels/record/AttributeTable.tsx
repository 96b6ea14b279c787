'use client';
import { Fragment, useMemo, type ReactNode } from 'react';
import type { AttributeValue } from '../../../../model/types.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { toJson } from '../../../../conventions/json.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { LongText, Value } from '../LongText.tsx';

interface AttributeTableProps {
  readonly title?: ReactNode;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}

/** A table of names and values in the order of names. Names are data: they are shown as they are. */
export function AttributeTable({ title, attributes }: AttributeTableProps) {
  const { labels } = useTraceContext();
  const names = useMemo(() => Array.from(attributes.keys()).sort(byName), [attributes]);
  if (attributes.size === 0) return null;
  return (
    <table className="tv-attributes">
      {title === undefined ? null : <caption>{title}</caption>}
      <tbody>
        {names.map((name) => {
          const value = attributes.get(name);
          return (
            <tr key={name}>
              <th scope="row">
                <bdi>{breakable(name)}</bdi>
              </th>
              <td>
                {value === '' ? <LongText text="''" mono /> : <Value value={value} first={400} />}
                <CopyButton
                  label={labels.copyValueOf(name)}
                  text={() => (typeof value === 'string' ? value : toJson(value))}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Names with more pieces are shown whole. */
const PIECES = 24;

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
