'use client';
import { useMemo } from 'react';
import { parsed } from '../../../conventions/json.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useReveal } from '../../../hooks/context/FindContext.ts';
import { ShownText, type TextAbout } from '../values/ShownText.tsx';
import { Value } from '../values/Value.tsx';

/** What fits beside its name; anything else is shown as a value. */
const SHORT = 120;
const ENTRIES = 16;

/** What a tool was called with: plain values beside their names, structure as what it is. */
export function Arguments({
  value,
  id,
  about,
}: {
  readonly value: unknown;
  /** Place as a path in `SpanContent`. */
  readonly id?: string;
  readonly about?: TextAbout;
}) {
  const { labels } = useTraceContext();
  const given = useMemo(() => parsed(value), [value]);
  const entries = useMemo(() => plainEntries(given), [given]);
  // A match is shown where the tree has it.
  const isLooked = useReveal(id) !== null;
  if (given === undefined || given === '') return <p className="tv-faint">{labels.noArguments}</p>;
  if (!entries || (isLooked && entries.length > 0))
    return <Value value={given} field="arguments" id={id} about={about} lines={8} />;
  if (entries.length === 0) return <p className="tv-faint">{labels.noArguments}</p>;
  return (
    <dl className="tv-arguments">
      {entries.map(([name, text]) => (
        <div key={name}>
          <dt>
            <ShownText text={name} about={about} />
          </dt>
          <dd>
            <bdi>
              <ShownText text={text} about={about} />
            </bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Names and values where all are plain and short; else null. */
function plainEntries(value: unknown): readonly (readonly [name: string, text: string])[] | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || ArrayBuffer.isView(value)) return null;
  try {
    const entries = Object.entries(value);
    if (entries.length > ENTRIES) return null;
    const found: (readonly [string, string])[] = [];
    for (const [name, each] of entries) {
      const isStructure = each !== null && typeof each === 'object' && !(Array.isArray(each) && each.length === 0);
      const text = typeof each === 'string' ? `"${each}"` : Array.isArray(each) ? '[]' : String(each);
      if (isStructure || text.length > SHORT || name.length > SHORT || text.includes('\n')) return null;
      found.push([name, text]);
    }
    return found;
  } catch {
    // An object of the host that throws when looked at.
    return null;
  }
}
