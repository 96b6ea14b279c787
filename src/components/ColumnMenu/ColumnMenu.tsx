'use client';
import { useCallback, useEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { useTraceContext } from '../../hooks/TraceContext.ts';
import { Sign } from '../icons.tsx';
import { ColumnDialog } from './ColumnDialog.tsx';

/** The button that opens the choice of columns and of the order of rows. Stands inside a `TraceProvider`, anywhere. */
export function ColumnMenu() {
  const { labels } = useTraceContext();
  const [open, setOpen] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  /** Whether the press that is on its way to the document began in here: its path ends at the border of a closed shadow tree. */
  const inside = useRef(false);
  const close = useCallback(() => setOpen(false), []);

  useEffect(() => {
    if (!open) return undefined;
    const page = element.current!.ownerDocument;
    inside.current = false;
    const onPress = (): void => {
      if (!inside.current) setOpen(false);
      inside.current = false;
    };
    page.addEventListener('pointerdown', onPress);
    return () => page.removeEventListener('pointerdown', onPress);
  }, [open]);

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
    // Keys, presses and focus of what is in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={element} className="tv-column-menu" onKeyDown={onKeyDown} onBlur={onBlur} onPointerDownCapture={() => { inside.current = true; }}>
      <button ref={button} type="button" className="tv-button tv-line" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Sign name="columns" /><span className="tv-column-menu-word">{labels.columns}</span>
      </button>
      {open ? <ColumnDialog onClose={close} /> : null}
    </div>
  );
}
