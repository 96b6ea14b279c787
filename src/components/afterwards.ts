/**
 * What the viewer's first picture does without. One file for all of these: they share much with each other and with the
 * viewer, and
 * every further file would cut the first load into more pieces, which compress worse.
 */
export { completeQuery } from '../analysis/query/completeQuery.ts';
export { ClockSwitch } from './ClockSwitch.tsx';
export { ChooserPanel } from './ChooserPanel.tsx';
export { ColumnDialog } from './ColumnMenu/ColumnDialog.tsx';
export { DetailBody } from './SpanDetail/DetailBody.tsx';
export { DetailEdge } from './SpanDetail/DetailEdge.tsx';
export { DetailPath } from './SpanDetail/DetailPath.tsx';
export { GanttTip } from './TraceGrid/GanttTip.tsx';
export { QueryProblems } from './TraceSearch/QueryProblems.tsx';
export { Suggestions } from './TraceSearch/Suggestions.tsx';
export { FieldList } from './TraceSearch/FieldList.tsx';
export { FilterDialog } from './FilterMenu/FilterDialog.tsx';
export { KeyHelp } from './KeyHelp.tsx';
export { TraceDiagnostics } from './TraceDiagnostics.tsx';
