'use client';
import { useId, useRef } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { later } from '../later/later.tsx';
import { Slot } from '../parts/Slot.tsx';
import { usePressOutside } from '../menu/usePressOutside.ts';

const FieldList = later('FieldList');

interface FieldHelpProps {
  readonly open: boolean;
  onOpen(open: boolean): void;
  onPick(example: string): void;
}

/** The button that opens the list of fields, and where it stands. */
export function FieldHelp({ open, onOpen, onPick }: FieldHelpProps) {
  const { labels } = useTraceContext();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  usePressOutside(
    open,
    () => [frame.current, button.current],
    () => onOpen(false),
  );
  return (
    <>
      <button
        ref={button}
        type="button"
        className="tv-button tv-icon tv-small tv-field-help"
        aria-label={labels.fieldHelp}
        title={labels.fieldHelp}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => onOpen(!open)}
      >
        ?
      </button>
      {open ? (
        // Escape closes it from wherever in it the focus is: the element itself is no control.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
        <div
          ref={frame}
          id={id}
          role="group"
          aria-label={labels.fieldHelp}
          className="tv-search-pop tv-fields"
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            event.stopPropagation();
            onOpen(false);
            button.current?.focus();
          }}
        >
          <Slot render={() => <FieldList onPick={onPick} />} />
        </div>
      ) : null}
    </>
  );
}
