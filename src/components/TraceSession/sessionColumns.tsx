import { beganAt } from '../../analysis/traces/knownTimes.ts';
import { reportsAmount } from '../../analysis/traces/traceFacts.ts';
import type { TimeAxis } from '../../layout/time/timeAxis.ts';
import { pausesBefore, type TurnTimes } from '../../layout/time/turnTimes.ts';
import type { Trace } from '../../model/types.ts';
import type { ListColumn } from '../ListGrid/types.ts';
import { costCell, lengthText, tokensCell, type ColumnWords } from '../TraceList/listColumns.tsx';
import { beganWords } from '../text/timeWords.ts';
import { SessionScale, TurnBar } from './SessionTimeline.tsx';
import { TurnCell } from './TurnCell.tsx';

interface SessionView extends ColumnWords {
  readonly times: TurnTimes;
  readonly axis: TimeAxis;
}

/** Columns of a session's turns; the last is their timeline. */
export function sessionColumns(
  turns: readonly Trace[],
  { format, labels, times, axis }: SessionView,
): readonly ListColumn[] {
  const pauses = pausesBefore(times.windows);
  // Turns without a time stand before all others, which have their pauses in the same order.
  const untimed = turns.length - pauses.length;
  const column = (id: string, header: string, cell: ListColumn['cell'], align?: 'end'): ListColumn => ({
    id,
    header,
    cell,
    ...(align ? { align } : {}),
  });
  return [
    column('turn', labels.turn, (trace, position) => <TurnCell trace={trace} position={position} />),
    // The server's time zone need not be the reader's.
    column('start', labels.start, (trace) => (
      <span className={beganAt(trace) === null ? 'tv-faint' : undefined} suppressHydrationWarning>
        {beganWords(trace, format, labels)}
      </span>
    )),
    column('duration', labels.duration, (trace) => <span>{lengthText(trace, format)}</span>, 'end'),
    ...(reportsAmount(turns, 'usage')
      ? [column('tokens', labels.tokens, (trace) => tokensCell(trace, { format, labels }), 'end')]
      : []),
    ...(reportsAmount(turns, 'cost')
      ? [column('cost', labels.cost, (trace) => costCell(trace, { format, labels }), 'end')]
      : []),
    {
      id: 'timeline',
      header: <SessionScale axis={axis} />,
      cell(trace, position) {
        const window = times.of(trace);
        return window ? (
          <TurnBar trace={trace} axis={axis} window={window} pause={pauses[position - untimed] ?? 0} />
        ) : null;
      },
    },
  ];
}
