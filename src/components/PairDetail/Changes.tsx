'use client';
import type { ValueChange } from '../../analysis/diff/pair/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Value } from '../SpanDetail/values/Value.tsx';
import { WindowedList } from '../parts/WindowedList.tsx';
import { Side, SideText, type SideName } from './sides.tsx';
import { Added, Removed, TextDiff } from './TextDiff.tsx';
import { useTextComparison } from './useComparison.ts';

interface ChangesProps {
  readonly changes: readonly ValueChange[];
  readonly unified: boolean;
}

/** What differs in structure: where, what stood there, what stands there now. */
export function Changes({ changes, unified }: ChangesProps) {
  const { labels } = useTraceContext();
  return (
    <WindowedList
      label={labels.changesByPath}
      className="tv-changes"
      count={changes.length}
      estimate={44}
      renderEntry={(at) => <Change change={changes[at]!} unified={unified} />}
    />
  );
}

const SIGNS: Readonly<Record<ValueChange['op'], string>> = { added: '+', removed: '−', changed: '~', moved: '↕' };

function Change({ change, unified }: { readonly change: ValueChange; readonly unified: boolean }) {
  const { labels, format } = useTraceContext();
  const { path, op, delta } = change;
  return (
    <div className="tv-change" data-op={op}>
      <header>
        <span className="tv-change-sign" aria-hidden="true">
          {SIGNS[op]}
        </span>
        <span className="tv-visually-hidden">{labels.changeOp(op)} </span>
        <bdi className="tv-change-path">
          <SideText of={op === 'removed' ? 'a' : 'b'} text={path === '' ? labels.wholeValue : path} />
        </bdi>
        {delta === undefined ? null : (
          <span className="tv-aside">{`${delta > 0 ? '+' : '−'}${Number(Math.abs(delta).toPrecision(6))}`}</span>
        )}
      </header>
      {op === 'moved' ? (
        <p>{labels.movedPlace(format.count(Number(change.a) + 1), format.count(Number(change.b) + 1))}</p>
      ) : (
        <Both change={change} unified={unified} />
      )}
    </div>
  );
}

/** Texts of more than this are compared word by word. */
const WORDS_FROM = 60;

function Both({ change: { op, a, b }, unified }: { readonly change: ValueChange; readonly unified: boolean }) {
  if (op === 'changed' && typeof a === 'string' && typeof b === 'string' && a.length + b.length > WORDS_FROM)
    return <Words a={a} b={b} unified={unified} />;
  if (op === 'changed' && isPlain(a) && isPlain(b))
    return (
      <p className={unified ? 'tv-change-values' : 'tv-change-values tv-pair-sides'}>
        <span>
          <Removed>
            <Plain of="a" value={a} quoted={typeof b !== 'string'} />
          </Removed>
        </span>
        {unified ? <span aria-hidden="true"> → </span> : null}
        <span>
          <Added>
            <Plain of="b" value={b} quoted={typeof a !== 'string'} />
          </Added>
        </span>
      </p>
    );
  return (
    <div className={unified || op !== 'changed' ? 'tv-change-values' : 'tv-change-values tv-pair-sides'}>
      {op === 'added' ? null : <One of="a" value={a} />}
      {op === 'removed' ? null : <One of="b" value={b} />}
    </div>
  );
}

function Words({ a, b, unified }: { readonly a: string; readonly b: string; readonly unified: boolean }) {
  const { labels } = useTraceContext();
  const { found, failed } = useTextComparison(a, b);
  if (failed) return <p className="tv-warn">{labels.notCompared}</p>;
  if (!found) return <p className="tv-faint">{labels.comparing}</p>;
  return found.values && found.values.length > 0 ? (
    <Changes changes={found.values} unified={unified} />
  ) : (
    <TextDiff parts={found.parts} unified={unified} />
  );
}

/** A value as a whole, as one side has it. */
function One({ of, value }: { readonly of: SideName; readonly value: unknown }) {
  const Mark = of === 'a' ? Removed : Added;
  if (isPlain(value))
    return (
      <p>
        <Mark>
          <Plain of={of} value={value} quoted={false} />
        </Mark>
      </p>
    );
  const { op, Tag } = of === 'a' ? ({ op: 'removed', Tag: 'del' } as const) : ({ op: 'added', Tag: 'ins' } as const);
  return (
    <Tag className="tv-one-sided" data-op={op}>
      <Side of={of}>
        <Value value={value} field="change" lines={8} />
      </Side>
    </Tag>
  );
}

const SHORT = 2000;
const isPlain = (value: unknown): boolean =>
  typeof value === 'string' ? value.length <= SHORT : value === null || typeof value !== 'object';

/** Where one side is no text, the other one's quotes say so. */
function Plain({ of, value, quoted }: { readonly of: SideName; readonly value: unknown; readonly quoted: boolean }) {
  const isQuoted = typeof value === 'string' && (quoted || value.trim() === '');
  const text = isQuoted ? `"${value}"` : String(value);
  return <SideText of={of} text={text} />;
}
