'use client';
import {
  forwardRef,
  useCallback,
  useImperativeHandle,
  useRef,
  useState,
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { Slot } from '../parts/Slot.tsx';
import { usePressOutside } from './usePressOutside.ts';

interface MenuButtonProps {
  /** What is on the button. */
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
  /** Its name among the parts. */
  readonly part?: string;
  /** The dialog that it opens below itself. */
  renderDialog(close: () => void): ReactNode;
}

/**
 * A button that opens a dialog. Escape closes it and goes back to the button; a press elsewhere and leaving it by Tab
 * close it too.
 */
export const MenuButton = forwardRef<HTMLDivElement, MenuButtonProps>(function MenuButton(
  { children, className = '', style, part, renderDialog },
  ref,
) {
  const [open, setOpen] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useImperativeHandle(ref, () => element.current!, []);
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
    <div
      ref={element}
      className={`tv-menu ${className}`}
      style={style}
      data-trace-part={part}
      data-state={open ? 'open' : 'closed'}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      <button
        ref={button}
        type="button"
        className="tv-button tv-line"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open ? <Slot render={() => renderDialog(close)} /> : null}
    </div>
  );
});
