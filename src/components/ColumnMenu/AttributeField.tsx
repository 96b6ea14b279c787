'use client';
import { useId, useState } from 'react';
import { useSpanContent } from '../../hooks/useSpanContent.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { useSpan } from '../../hooks/useSpan.ts';

/** So many keys are offered: browsers draw all of them at once. */
const OFFERED = 200;

/** The key of an attribute to show. Offers those of the selected span, or of the first. */
export function AttributeField({ onAdd }: { onAdd(key: string): void }) {
  const { labels } = useTraceContext();
  const list = useId();
  const [key, setKey] = useState('');
  const selected = useTraceStore((state) => state.selectedSpan);
  const trace = useTrace();
  const [first] = useState(() => (trace && trace.spanCount > 0 ? trace.span(0).key : null));
  const { content } = useSpanContent(useSpan(selected ?? first));
  const keys = content ? [...content.attributes.keys(), ...content.resource.keys()].slice(0, OFFERED) : [];
  const add = (): void => {
    if (key.trim() === '') return;
    onAdd(key.trim());
    setKey('');
  };
  return (
    // No form: the host's page may have one around the viewer.
    <div className="tv-columns-attribute">
      <label>
        {labels.attributeKey}
        <input
          type="text"
          list={list}
          value={key}
          placeholder="gen_ai.request.model"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => setKey(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add();
          }}
        />
      </label>
      <datalist id={list}>
        {Array.from(new Set(keys), (each) => (
          <option key={each}>{each}</option>
        ))}
      </datalist>
      <button type="button" className="tv-button tv-line" disabled={key.trim() === ''} onClick={add}>
        {labels.addColumn}
      </button>
    </div>
  );
}
