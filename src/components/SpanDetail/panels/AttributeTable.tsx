'use client';
import { Fragment, type ReactNode } from 'react';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { AttributeValue, Span, SpanContent } from '../../../model/types.ts';
import { recordedText } from '../../text/recordedText.tsx';
import { Value } from './LongText.tsx';

/**
 * Everything recorded on the span, on what produced it and on the instrumentation, unabridged and in the order of
 * names.
 */
export function AttributeTables({ span, content }: { readonly span: Span; readonly content: SpanContent }) {
  const { labels } = useTraceContext();
  const { scope } = content;
  const identity = new Map<string, AttributeValue>(
    [
      ['traceId', span.traceId],
      ['spanId', span.spanId],
      ['parentSpanId', span.parentSpanId],
      ['start', span.startUnixNano],
      ['end', span.endUnixNano],
      ['kind', span.otelKind],
      ['status', span.status],
      ['statusOrigin', span.statusOrigin],
      ['statusMessage', span.statusMessage],
      ['traceState', content.traceState ?? null],
      ['flags', content.flags ?? null],
      ['remoteParent', content.remoteParent ?? null],
      ...Object.entries(content.dropped ?? {}).map(([what, count]): [string, AttributeValue] => [
        `dropped ${what}`,
        count,
      ]),
    ].filter(([, value]) => value !== null) as [string, AttributeValue][],
  );
  return (
    <>
      <AttributeTable title={labels.attributes} attributes={content.attributes} />
      <AttributeTable title={labels.span} attributes={identity} />
      <AttributeTable title={labels.resource} attributes={content.resource} />
      {scope ? (
        <AttributeTable
          title={labels.scope}
          attributes={
            new Map<string, AttributeValue>([
              ['name', scope.name],
              ...(scope.version === undefined ? [] : [['version', scope.version] as const]),
              ...scope.attributes,
            ])
          }
        />
      ) : null}
    </>
  );
}

/** A table of names and values. Names are data: they are shown as they are. */
export function AttributeTable({
  title,
  attributes,
}: {
  readonly title: string;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}) {
  if (attributes.size === 0) return null;
  const names = Array.from(attributes.keys()).sort(byName);
  return (
    <table className="tv-attributes">
      <caption>
        {title} <span className="tv-faint">{attributes.size}</span>
      </caption>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">
              <bdi>{breakable(name)}</bdi>
            </th>
            <td>
              <Value value={attributes.get(name)} first={400} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Long names may break after a dot or an underscore. */
const breakable = (name: string): ReactNode =>
  name.split(/(?<=[._])/).map((piece, place) => (
    <Fragment key={place}>
      {recordedText(piece)}
      <wbr />
    </Fragment>
  ));

/** `a.2.b` before `a.10.b`. */
const byName = new Intl.Collator('en', { numeric: true }).compare;
