import { defaultColumns, TraceViewer, type Column, type Trace, type TraceInput } from 'spanwise';
import 'spanwise/styles.css';

/** How much of the trace a span took, in percent; null where it is not known, which comes last in any order. */
function share(index: number, trace: Trace): number | null {
  const { duration } = trace.span(index);
  return Number.isFinite(duration) && trace.end > 0 ? Math.round((100 * duration) / trace.end) : null;
}

/** Outside of the component, so that it is the same column at every render. */
const columns: readonly Column[] = [
  ...defaultColumns,
  {
    id: 'share',
    header: 'Share',
    align: 'end',
    sortable: true,
    value: ({ index }, trace) => share(index, trace),
    cell: ({ index }, trace) => <b>{share(index, trace) ?? '?'} %</b>,
  },
];

export const OwnColumn = ({ input }: { input: TraceInput }) => (
  <div style={{ height: 420 }}>
    <TraceViewer input={input} columns={columns} />
  </div>
);
