import { TraceViewer, type Panel, type SpanKey, type TraceInput } from 'spanwise';
import 'spanwise/styles.css';

const panels: readonly Panel[] = [
  {
    id: 'prompt-lab',
    title: 'Prompt lab',
    match: (span, content) => span.kind === 'llm' && content.messages !== null,
    count: (_span, content) => content.messages?.input.length ?? null,
    render: (span, content) => (
      <section style={{ padding: 12 }}>
        <h3>{span.model ?? 'a model that is not recorded'}</h3>
        <ol>
          {content.messages?.input.map((message, at) => (
            <li key={at}>
              {message.role}:{' '}
              {message.parts.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`)).join(' ')}
            </li>
          ))}
        </ol>
        <button type="button" onClick={() => navigator.clipboard.writeText(JSON.stringify(content.messages?.input))}>
          Copy the prompt
        </button>
      </section>
    ),
  },
];

export const OwnPanel = ({ input, span }: { input: TraceInput; span: SpanKey }) => (
  <div style={{ height: 460 }}>
    <TraceViewer input={input} panels={panels} defaultSelectedSpan={span} defaultPanel="prompt-lab" />
  </div>
);
