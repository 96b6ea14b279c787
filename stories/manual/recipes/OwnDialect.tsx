import { defaultAdapters, otlp, TraceViewer, type TraceAdapter, type TraceInput } from 'spanwise';
import 'spanwise/styles.css';

/** What our own instrumentation writes, and the attribute of OpenInference that means the same. */
const OURS: Readonly<Record<string, string>> = {
  'acme.step': 'openinference.span.kind',
  'acme.model': 'llm.model_name',
  'acme.tokens.in': 'llm.token_count.prompt',
  'acme.tokens.out': 'llm.token_count.completion',
};

interface Attribute {
  readonly key: string;
  readonly value: unknown;
}

/** What OTLP's own adapter reads, with our attributes said once more in words that are understood. */
const acme: TraceAdapter = {
  name: 'otlp',
  detect: (document) => otlp.detect(document),
  read(document, sink) {
    otlp.read(document, {
      ...sink,
      span(record) {
        const recorded = Array.isArray(record.attributes) ? (record.attributes as readonly Attribute[]) : [];
        const meant = recorded.flatMap(({ key, value }) =>
          Object.hasOwn(OURS, key) ? { key: OURS[key]!, value } : [],
        );
        sink.span({ ...record, attributes: [...recorded, ...meant] });
      },
    });
  },
};
const options = { adapters: [acme, ...defaultAdapters.filter(({ name }) => name !== 'otlp')] };

export const OwnDialect = ({ input }: { input: TraceInput }) => (
  <div style={{ height: 300 }}>
    <TraceViewer input={input} options={options} />
  </div>
);
