'use client';
import { useMemo, useRef, useState } from 'react';
import { failedBeside } from '../../analysis/errors.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Trace, TraceSet } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import { later } from '../later/later.tsx';
import { Slot } from '../parts/Slot.tsx';
import { TracePicker } from './TracePicker.tsx';

const ChooserPanel = later('ChooserPanel');

/** So many traces fit in a menu that can be looked through. */
const MENU_UP_TO = 8;

interface TraceChooserProps {
  readonly traces: Pick<TraceSet, 'traces'>;
  readonly shown: Trace;
  onChoose(key: string): void;
  onCompare?(a: Trace, b: Trace): void;
}

/**
 * Chooses among the traces of a set: from a menu while they are few, and from a panel with their list, or with the
 * timeline of the shown trace's session.
 */
export function TraceChooser({ traces: set, shown, onChoose, onCompare }: TraceChooserProps) {
  const { format, labels } = useTraceContext();
  const { traces } = set;
  const [open, setOpen] = useState<'list' | 'session' | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const few = traces.length <= MENU_UP_TO;
  const session = shown.sessionId;
  const turns =
    session === undefined ? 0 : traces.reduce((count, { sessionId }) => count + Number(sessionId === session), 0);
  const failed = useMemo(() => failedBeside(traces, shown), [traces, shown]);
  const close = (): void => {
    setOpen(null);
    button.current?.focus();
  };
  return (
    <div className="tv-chooser" data-trace-part="chooser">
      {few ? <TracePicker traces={traces} shown={shown} onChoose={onChoose} /> : null}
      <button
        ref={button}
        type="button"
        className="tv-button tv-line"
        aria-haspopup="dialog"
        aria-expanded={open !== null}
        onClick={() => (open === null ? setOpen(few && turns > 1 ? 'session' : 'list') : close())}
      >
        {few && turns > 1 ? labels.sessionColumn : labels.traces}
        <span className="tv-faint">{format.count(few && turns > 1 ? turns : traces.length)}</span>
        {failed === 0 ? null : (
          <span className="tv-chooser-failed" title={labels.failedTraces(failed, format.count(failed))}>
            <Sign name="error" size={11} />
            <span aria-hidden="true">{format.count(failed)}</span>
            <span className="tv-visually-hidden">, {labels.failedTraces(failed, format.count(failed))}</span>
          </span>
        )}
        <Sign name="down" size={8} />
      </button>
      {open === null ? null : (
        <Slot
          render={() => (
            <ChooserPanel
              set={set}
              shown={shown}
              session={turns > 1 ? session : undefined}
              view={open}
              onView={setOpen}
              onClose={close}
              onCompare={
                onCompare &&
                ((a, b) => {
                  setOpen(null);
                  onCompare(a, b);
                })
              }
              onLeave={() => setOpen(null)}
              onChoose={(key) => {
                onChoose(key);
                close();
              }}
            />
          )}
        />
      )}
    </div>
  );
}
