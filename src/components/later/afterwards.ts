/**
 * What the viewer's first picture does without. One file for all of these: they share much with each other and with the
 * viewer, and every further file would cut the first load into more pieces, which compress worse.
 */
export { correctedClocks } from '../../analysis/traces/correctedClocks.ts';
export { valueCounts } from '../../analysis/query/complete/valueCounts.ts';
export { completeQuery } from '../../analysis/query/complete/completeQuery.ts';
export { ClockSwitch } from '../TraceViewer/ClockSwitch.tsx';
export { ChooserPanel } from '../TraceChooser/ChooserPanel.tsx';
export { ColumnDialog } from '../ColumnMenu/ColumnDialog.tsx';
export { DetailBody } from '../SpanDetail/DetailBody.tsx';
export { MissingDetail } from '../SpanDetail/MissingDetail.tsx';
export { DetailEdge } from '../SpanDetail/DetailEdge.tsx';
export { DetailRehearsal } from './DetailRehearsal.tsx';
export { DetailPath } from '../SpanDetail/DetailPath.tsx';
export { ColumnEdge } from '../TraceGrid/columns/ColumnEdge.tsx';
export { ConcurrencyStrip } from '../TraceGrid/timeline/ConcurrencyStrip.tsx';
export { IdleSwitch } from '../TraceGrid/timeline/IdleSwitch.tsx';
export { RetryChip } from '../TraceGrid/RetryChip.tsx';
export { RangeBar } from '../TraceGrid/timeline/RangeBar.tsx';
export { GanttTip } from '../TraceGrid/timeline/GanttTip.tsx';
export { QueryProblems } from '../TraceSearch/QueryProblems.tsx';
export { Suggestions } from '../TraceSearch/Suggestions.tsx';
export { attachMinimap } from '../TraceMinimap/drawn/painter.ts';
export { FieldList } from '../TraceSearch/FieldList.tsx';
export { FilterDialog } from '../TraceSearch/FilterDialog.tsx';
export { MissingParts } from '../TraceViewer/MissingParts.tsx';
export { ViewTabs } from '../views/ViewTabs.tsx';
export { KeyHelp } from '../TraceViewer/KeyHelp.tsx';
export { TraceDiagnostics } from '../TraceDiagnostics/TraceDiagnostics.tsx';
export { FindingsButton } from '../TraceFindings/FindingsButton.tsx';
export { FindingsPanel } from '../TraceFindings/FindingsPanel.tsx';
export { FindingMarks } from '../TraceFindings/FindingMarks.tsx';
export { MinimapFindings } from '../TraceFindings/MinimapFindings.tsx';
export { LiveRows } from '../live/LiveRows.tsx';
export { pressKey } from '../TraceViewer/viewerKeys.ts';
