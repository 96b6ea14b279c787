'use client';
import { useDeferredValue, useMemo, useState } from 'react';
import { foldCase } from '../../../../analysis/query/match/literalText.ts';
import { toJson } from '../../../../conventions/json.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { AttributeValue, Span, SpanContent } from '../../../../model/types.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { useReveal } from '../../../../hooks/context/FindContext.ts';
import { CopyButton } from '../CopyButton.tsx';
import { Fold } from '../../values/Fold.tsx';
import { Sign } from '../../../parts/icons.tsx';
import { WindowedList } from '../../../parts/WindowedList.tsx';
import { AttributeTable } from './AttributeTable.tsx';
import { attributeGroups, type AttributeGroup } from './attributeGroups.ts';

/**
 * Everything recorded on the span, on what produced it and on the instrumentation, unabridged, by what the names begin
 * with. What is typed narrows it to names and values that hold it.
 */
export function AttributeTables({ span, content }: { readonly span: Span; readonly content: SpanContent }) {
  const { labels, format } = useTraceContext();
  const [wanted, setWanted] = useState('');
  const looked = useDeferredValue(wanted);
  const all = useMemo(() => attributeGroups(content.attributes), [content]);
  const rest = useMemo(() => otherGroups(span, content, labels), [span, content, labels]);
  const groups = useMemo(() => narrowed([...all, ...rest], looked), [all, rest, looked]);
  const found = useReveal('attributes')?.match.source;
  const count = groups.reduce((sum, { attributes }) => sum + attributes.size, 0);
  return (
    <>
      <div className="tv-attribute-search">
        <label className="tv-search">
          <Sign name="search" size={12} />
          <span className="tv-visually-hidden">{labels.findAttribute}</span>
          <input
            type="text"
            value={wanted}
            placeholder={labels.findAttribute}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setWanted(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || wanted === '') return;
              event.stopPropagation();
              setWanted('');
            }}
          />
          {looked === '' ? null : (
            <span className="tv-search-count">{labels.attributesFound(count, format.count(count))}</span>
          )}
        </label>
      </div>
      <WindowedList
        role="none"
        count={groups.length}
        estimate={33}
        keyOf={(at) => groups[at]!.id}
        id="attributes"
        idOf={(at) => (found !== undefined && groups[at]!.attributes.has(keyOf(found)) ? found : '')}
        renderEntry={(at) => <Group group={groups[at]!} isLooked={looked !== ''} />}
      />
    </>
  );
}

/** The name of the attribute that a match stands in. */
const keyOf = (source: string): string => source.slice(source.indexOf('.') + 1).replace(/\[name\]$/, '');

/** Groups with more attributes start closed where there are several. */
const MANY = 60;

function Group({
  group: { id, title, attributes, path, section },
  isLooked,
}: {
  readonly group: AttributeGroup;
  readonly isLooked: boolean;
}) {
  const { labels, format } = useTraceContext();
  const found = useReveal(path)?.match.source;
  // Several groups have one path; the one that holds the match opens.
  const key = found?.slice((path?.length ?? 0) + 1).replace(/\[name\]$/, '');
  return (
    <Fold
      {...(found !== undefined && key !== undefined && attributes.has(key) ? { id: found } : {})}
      {...(isLooked ? {} : { kept: `attributes ${id}` })}
      open={isLooked || attributes.size <= MANY}
      className="tv-attribute-group"
      summary={
        <>
          <b>
            <bdi>{title === '' ? labels.otherAttributes : recordedText(title, true)}</bdi>
          </b>
          <span className="tv-faint">{format.count(attributes.size)}</span>
        </>
      }
      aside={
        <CopyButton
          label={labels.copyGroup(title === '' ? labels.otherAttributes : title)}
          text={() => toJson(Object.fromEntries(attributes), 2)}
        />
      }
    >
      <AttributeTable
        attributes={attributes}
        {...(path === undefined ? {} : { path })}
        {...(section === undefined ? {} : { section })}
      />
    </Fold>
  );
}

function otherGroups(
  span: Span,
  { scope, resource, traceState, flags, remoteParent, dropped, schemaUrl, dottedOrder }: SpanContent,
  labels: ReturnType<typeof useTraceContext>['labels'],
): readonly AttributeGroup[] {
  const identity = new Map<string, AttributeValue>(
    [
      ['traceId', span.traceId],
      ['spanId', span.spanId],
      ['parentSpanId', span.parentSpanId],
      ['start', span.startUnixNano],
      ['end', span.endUnixNano],
      ['kind', span.otelKind],
      ['recordedKind', span.rawKind],
      ['status', span.status],
      ['statusOrigin', span.statusOrigin],
      ['statusMessage', span.statusMessage],
      ['traceState', traceState ?? null],
      ['flags', flags ?? null],
      ['remoteParent', remoteParent ?? null],
      ['schemaUrl', schemaUrl ?? null],
      ['dottedOrder', dottedOrder ?? null],
      ...Object.entries(dropped ?? {}).map(([what, count]): [string, AttributeValue] => [`dropped ${what}`, count]),
    ].filter(([, value]) => value !== null) as [string, AttributeValue][],
  );
  const instrumentation = scope
    ? new Map<string, AttributeValue>([
        ['name', scope.name],
        ...(scope.version === undefined ? [] : [['version', scope.version] as const]),
        ...scope.attributes,
      ])
    : new Map<string, AttributeValue>();
  return [
    { id: '=span', title: labels.span, attributes: identity },
    { id: '=resource', title: labels.resource, attributes: resource, path: 'resource', section: 'resource' },
    { id: '=scope', title: labels.scope, attributes: instrumentation, path: 'scope.attributes', section: 'scope' },
  ].filter(({ attributes }) => attributes.size > 0);
}

/** A value is looked through as far as that. */
const LETTERS = 20_000;

function narrowed(groups: readonly AttributeGroup[], wanted: string): readonly AttributeGroup[] {
  const word = foldCase(wanted.trim());
  if (word === '') return groups;
  const holds = (name: string, value: AttributeValue): boolean =>
    foldCase(name).includes(word) ||
    foldCase((typeof value === 'string' ? value : toJson(value)).slice(0, LETTERS)).includes(word);
  return groups.flatMap(({ attributes, ...group }) => {
    const found = new Map([...attributes].filter(([name, value]) => holds(name, value)));
    return found.size === 0 ? [] : [{ ...group, attributes: found }];
  });
}
