'use client';
import { Fragment, useMemo, type ReactNode } from 'react';
import type { AttributeValue } from '../../../../model/types.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { toJson } from '../../../../conventions/json.ts';
import { WindowedList } from '../../../parts/WindowedList.tsx';
import { recordedText, plainText } from '../../../text/recordedText.tsx';
import { useFinder, useReveal } from '../../../../hooks/context/FindContext.ts';
import { ShownText } from '../../values/ShownText.tsx';
import { Value } from '../../values/Value.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { byAlphabet } from '../../../../analysis/alphabet.ts';

interface AttributeTableProps {
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** Place of the attributes in `SpanContent`, where find knows them. */
  readonly path?: string;
  /** Which part of the span they are of, for queries that ask for one part. */
  readonly section?: string;
}

/** A table of names and values in the order of names. Names are data: they are shown as they are. */
export function AttributeTable({ attributes, path, section }: AttributeTableProps) {
  const { labels } = useTraceContext();
  const names = useMemo(() => Array.from(attributes.keys()).sort(byAlphabet), [attributes]);
  if (attributes.size === 0) return null;
  return (
    <WindowedList
      role="table"
      label={labels.attributes}
      className="tv-attributes"
      count={names.length}
      estimate={25}
      keyOf={(at) => names[at]!}
      {...(path === undefined ? {} : { id: path, idOf: (at: number) => `${path}.${names[at]!}` })}
      renderEntry={(at) => (
        <Attribute name={names[at]!} value={attributes.get(names[at]!) ?? null} path={path} section={section} />
      )}
    />
  );
}

interface AttributeProps {
  readonly name: string;
  readonly value: AttributeValue;
  readonly path: string | undefined;
  readonly section: string | undefined;
}

function Attribute({ name, value, path, section }: AttributeProps) {
  const { labels } = useTraceContext();
  const finder = useFinder();
  const reveal = useReveal(path === undefined ? undefined : `${path}.${name}[name]`);
  const about = useMemo(() => (section === undefined ? undefined : { section, key: name }), [section, name]);
  return (
    <>
      <div role="rowheader">
        {finder.isEmpty ? (
          <bdi>{breakable(name)}</bdi>
        ) : (
          <bdi>
            <ShownText text={name} reveal={reveal} {...(section === undefined ? {} : { about: { section } })} />
          </bdi>
        )}
      </div>
      <div role="cell">
        {value === '' ? (
          <span className="tv-faint">{labels.emptyText}</span>
        ) : (
          <Value
            value={value}
            field="attribute"
            id={path === undefined ? undefined : `${path}.${name}`}
            about={about}
            lines={6}
          />
        )}
      </div>
      <div role="cell">
        <CopyButton
          label={labels.copyValueOf(plainText(name.slice(0, LONGEST)))}
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
