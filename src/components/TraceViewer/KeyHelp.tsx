'use client';
import { useEffect, useRef, useState } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Labels } from '../../labels.ts';
import { isRightToLeft } from '../../hooks/writingDirection.ts';
import { Sign } from '../parts/icons.tsx';

/**
 * Every key of the viewer, or of a list, in the words of the labels. Takes the focus when it comes, and gives it back where it was.
 */
export function KeyHelp({ list, onClose }: { readonly list?: Labels['keyList']; onClose(): void }) {
  const { labels } = useTraceContext();
  const close = useRef<HTMLButtonElement>(null);
  const [mirrored, setMirrored] = useState(false);
  useBrowserLayoutEffect(() => setMirrored(isRightToLeft(close.current!)), []);
  useEffect(() => {
    const root = close.current?.getRootNode() as Document | ShadowRoot | undefined;
    const before = root?.activeElement;
    close.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    // Escape closes it, whatever in it has the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className="tv-key-help"
      role="dialog"
      aria-label={labels.keys}
      onKeyDown={(event) => {
        // The viewer's own keys do not act behind it.
        event.stopPropagation();
        if (event.key === 'Escape' || event.key === '?') onClose();
      }}
    >
      <header>
        <h3>{labels.keys}</h3>
        <button
          ref={close}
          type="button"
          className="tv-button tv-icon tv-small"
          aria-label={labels.close}
          onClick={onClose}
        >
          <Sign name="close" size={10} />
        </button>
      </header>
      <dl>
        {(list ?? labels.keyList).map(([keys, effect]) => (
          <div key={keys}>
            <dt dir="ltr">
              {keys.split(' ').map((key) => (
                <kbd key={key}>{mirrored ? mirror(key) : key}</kbd>
              ))}
            </dt>
            <dd>{effect}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Where lines begin at the right, open lies at the left. */
const mirror = (key: string): string => key.replace(/[→←]/, (arrow) => (arrow === '→' ? '←' : '→'));
