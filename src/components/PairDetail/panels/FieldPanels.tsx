'use client';
import type { ReactNode } from 'react';
import type { ValueChange } from '../../../analysis/diff/pair/types.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { AttributeTables } from '../../SpanDetail/panels/record/AttributeTables.tsx';
import { Facts } from '../../SpanDetail/panels/Facts.tsx';
import { Fold } from '../../SpanDetail/values/Fold.tsx';
import { Changes } from '../Changes.tsx';
import type { PairData } from '../types.ts';
import { Side } from '../sides.tsx';

interface FieldPanelProps {
  readonly data: PairData;
  readonly unified: boolean;
}

/** The settings of a call: those that differ, and behind a line those that do not. */
export function ParametersPanel({ data: { found, a, b }, unified }: FieldPanelProps) {
  const { labels, format } = useTraceContext();
  const changes = found?.parameters ?? [];
  const same = Object.entries((b.content ?? a.content)?.parameters ?? {})
    .filter(
      ([name, value]) => (typeof value !== 'object' || value === null) && !changes.some((each) => isIn(each, name)),
    )
    .map(([name, value]) => [name, String(value)] as const);
  return (
    <Fields changes={changes} unified={unified}>
      {same.length === 0 ? null : (
        <Fold
          open={changes.length === 0}
          summary={<span>{labels.othersSame(same.length, format.count(same.length))}</span>}
        >
          <Side of="b">
            <Facts facts={same} />
          </Side>
        </Fold>
      )}
    </Fields>
  );
}

/** The tools that a call was given: those that came, went or are described otherwise, and the names of the rest. */
export function ToolsPanel({ data: { found, a, b }, unified }: FieldPanelProps) {
  const { labels, format } = useTraceContext();
  const changes = found?.toolDefinitions ?? [];
  const same = ((b.content ?? a.content)?.toolDefinitions ?? [])
    .map(({ name }) => name)
    .filter((name) => !changes.some(({ path }) => path.startsWith(`[name=${name}]`)));
  return (
    <Fields changes={changes} unified={unified}>
      {same.length === 0 ? null : (
        <Fold
          open={changes.length === 0}
          summary={<span>{labels.othersSame(same.length, format.count(same.length))}</span>}
        >
          <Side of="b">
            <Facts facts={same.map((name) => [name, ''] as const)} />
          </Side>
        </Fold>
      )}
    </Fields>
  );
}

/** The attributes that differ; of a row with one span all it has. */
export function AttributesPanel({ data: { found, a, b }, unified }: FieldPanelProps) {
  const { labels, format } = useTraceContext();
  const [only, side] = a.span ? [a, 'a' as const] : [b, 'b' as const];
  if ((!a.span || !b.span) && only.span && only.content)
    return (
      <Side of={side}>
        <AttributeTables span={only.span} content={only.content} />
      </Side>
    );
  const changes = found?.attributes ?? [];
  const keys = new Set([...(a.content?.attributes.keys() ?? []), ...(b.content?.attributes.keys() ?? [])]);
  const rest = Array.from(keys).filter((key) => !changes.some((each) => isIn(each, key))).length;
  return (
    <Fields changes={changes} unified={unified}>
      {rest === 0 ? null : (
        <p className="tv-faint tv-pair-note">{labels.otherAttributesSame(rest, format.count(rest))}</p>
      )}
    </Fields>
  );
}

interface FieldsProps {
  readonly changes: readonly ValueChange[];
  readonly unified: boolean;
  readonly children: ReactNode;
}

function Fields({ changes, unified, children }: FieldsProps) {
  const { labels } = useTraceContext();
  return (
    <section className="tv-section">
      {changes.length === 0 ? (
        <p className="tv-faint tv-pair-note">{labels.noDifference}</p>
      ) : (
        <Changes changes={changes} unified={unified} />
      )}
      {children}
    </section>
  );
}

/** Whether a change is of this field, or inside of it. */
const isIn = ({ path }: ValueChange, name: string): boolean =>
  path === name || path === `[${JSON.stringify(name)}]` || path.startsWith(`${name}[`) || path.startsWith(`${name}.`);
