'use client';
import { useCallback, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { useTraceContext } from '../../hooks/TraceContext.ts';
import { Sign } from '../icons.tsx';
import { later } from '../later.tsx';
import { Slot } from '../Slot.tsx';
import { usePressOutside } from '../usePressOutside.ts';

const ColumnDialog = later('ColumnDialog');

/** The button that opens the choice of columns and of the order of rows. Stands inside a `TraceProvider`, anywhere. */
export function ColumnMenu() {
  const { labels } = useTraceContext();
  const [open, setOpen] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);

  usePressOutside(open, () => [element.current], close);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open) return;
    // The single keys of the viewer are letters in here.
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    setOpen(false);
    button.current!.focus();
  };
  const onBlur = (event: FocusEvent): void => {
    if (event.relatedTarget && !element.current!.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    // Keys and focus of what is in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={element} className="tv-column-menu" onKeyDown={onKeyDown} onBlur={onBlur}>
      <button ref={button} type="button" className="tv-button tv-line" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Sign name="columns" /><span className="tv-column-menu-word">{labels.columns}</span>
      </button>
      {open ? <Slot render={() => <ColumnDialog onClose={close} />} /> : null}
    </div>
  );
}
