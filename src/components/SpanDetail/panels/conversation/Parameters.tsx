'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { Facts } from '../Facts.tsx';
import { Fold } from '../../values/Fold.tsx';
import { Value } from '../../values/Value.tsx';

interface ParametersProps {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Then they are not said twice. */
  readonly toolsAreShown: boolean;
}

/** Settings of a call: those that fit on a line (temperature, seed, …), the rest (response formats, …) folded. */
export function Parameters({ parameters, toolsAreShown }: ParametersProps) {
  const { labels } = useTraceContext();
  const facts: (readonly [string, string])[] = [];
  const rest: [string, unknown][] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (toolsAreShown && (name === 'tools' || name === 'functions')) continue;
    if (value === null || value === undefined) continue;
    const text = typeof value === 'object' ? null : String(value);
    if (text === null || text.length > 60) rest.push([name, value]);
    else facts.push([name, text]);
  }
  return (
    <>
      <Facts facts={facts} />
      {rest.length > 0 ? (
        <Fold
          kept="parameters"
          className="tv-message"
          summary={
            <>
              <b>{labels.parameters}</b>
              <span className="tv-preview">{rest.map(([name]) => name).join(', ')}</span>
              <span className="tv-aside">{rest.length}</span>
            </>
          }
        >
          <Value value={Object.fromEntries(rest)} field="parameters" />
        </Fold>
      ) : null}
    </>
  );
}
