'use client';
import { FIELDS } from '../../analysis/query/syntax/fields.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { ownValue } from '../../model/ownValue.ts';

/** One query for each field. */
const EXAMPLES: Readonly<Record<string, string>> = {
  kind: 'kind:llm,tool',
  status: 'status:error',
  service: 'service:support-api',
  model: 'model:gpt*',
  name: 'name:search',
  duration: 'duration>1s',
  self: 'self>250ms',
  cost: 'cost>0.01',
  tokens: 'tokens>10k',
  input: 'input>4k',
  output: 'output>1k',
  cached: 'cached=0',
  reasoning: 'reasoning>500',
  error: 'error:timeout',
  score: 'score.helpfulness<0.5',
  first: 'first>800ms',
  start: 'start>10s',
  provider: 'provider:openai',
  depth: 'depth<=2',
  children: 'children>10',
  is: 'is:error,open,orphan',
  has: 'has:cost',
  diag: 'diag:clock-skew',
  id: 'id:00f067aa0ba902b7',
  session: 'session:s-42',
  user: 'user:u-7',
  in: 'in:refund',
  out: 'out:"I cannot"',
  tool: 'tool:get_invoice',
  attr: 'attr.http.method:GET',
};

/** The fields that a query can name, each with an example; a press on it adds it to the query. */
export function FieldList({ onPick }: { onPick(example: string): void }) {
  const { labels } = useTraceContext();
  return (
    <>
      <p>{labels.queryRules}</p>
      <ul>
        {FIELDS.map(({ name }) => (
          <li key={name}>
            <button type="button" onClick={() => onPick(ownValue(EXAMPLES, name) ?? `${name}:`)}>
              <code>{ownValue(EXAMPLES, name) ?? `${name}:`}</code>
            </button>
            <span>{labels.queryField(name)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
