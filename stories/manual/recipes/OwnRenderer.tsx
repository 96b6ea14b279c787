import { TraceViewer, type Renderers, type SpanKey, type TraceInput } from 'spanwise';
import 'spanwise/styles.css';

/** `undefined` leaves a value to spanwise; what throws does too. */
const renderers: Renderers = {
  text: ({ text, field }) => (field === 'message' ? <blockquote style={{ margin: 0 }}>{text}</blockquote> : undefined),
  image: ({ uri, alt }) =>
    uri?.startsWith('https://images.example.com/') ? <img src={uri} alt={alt ?? ''} /> : undefined,
};

export const OwnRenderer = ({ input, span }: { input: TraceInput; span: SpanKey }) => (
  <div style={{ height: 460 }}>
    <TraceViewer input={input} renderers={renderers} defaultSelectedSpan={span} defaultPanel="messages" />
  </div>
);
