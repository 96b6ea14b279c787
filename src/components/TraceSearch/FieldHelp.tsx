'use client';
import { useId, useRef } from 'react';
import { FIELDS } from '../../analysis/query/fields.ts';
import { useTraceContext } from '../../hooks/TraceContext.ts';
import { usePressOutside } from '../usePressOutside.ts';

/** One query for each field. */
const EXAMPLES: Readonly<Record<string, string>> = {
  kind: 'kind:llm,tool', status: 'status:error', service: 'service:support-api', model: 'model:gpt*', name: 'name:search', duration: 'duration>1s', self: 'self>250ms',
  cost: 'cost>0.01', tokens: 'tokens>10k', input: 'input>4k', output: 'output>1k', cached: 'cached=0', reasoning: 'reasoning>500', error: 'error:timeout',
  score: 'score.helpfulness<0.5', first: 'first>800ms', start: 'start>10s', provider: 'provider:openai', depth: 'depth<=2', children: 'children>10',
  is: 'is:error,open,orphan', has: 'has:cost', diag: 'diag:clock-skew', id: 'id:00f067aa0ba902b7', session: 'session:s-42', user: 'user:u-7',
  in: 'in:refund', out: 'out:"I cannot"', tool: 'tool:get_invoice', attr: 'attr.http.method:GET',
};

interface FieldHelpProps {
  readonly open: boolean;
  onOpen(open: boolean): void;
  onPick(example: string): void;
}

/** The fields that a query can name, each with an example; a press on it adds it to the query. */
export function FieldHelp({ open, onOpen, onPick }: FieldHelpProps) {
  const { labels } = useTraceContext();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  usePressOutside(open, () => [frame.current, button.current], () => onOpen(false));
  return (
    <>
      <button ref={button} type="button" className="tv-button tv-icon tv-small tv-field-help" aria-label={labels.fieldHelp} title={labels.fieldHelp} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => onOpen(!open)}>?</button>
      {open ? (
        // Escape closes it from wherever in it the focus is: the element itself is no control.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <div ref={frame} id={id} role="group" aria-label={labels.fieldHelp} className="tv-search-pop tv-fields" onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onOpen(false);
          button.current?.focus();
        }}>
          <p>{labels.queryRules}</p>
          <ul>
            {FIELDS.map(({ name }) => (
              <li key={name}>
                <button type="button" onClick={() => onPick(EXAMPLES[name] ?? `${name}:`)}><code>{EXAMPLES[name] ?? `${name}:`}</code></button>
                <span>{labels.queryField(name)}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}
