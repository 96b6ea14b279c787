'use client';
import { useState, type ReactNode } from 'react';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { visibleControls } from '../../../../visibleControls.ts';
import { safeTarget } from '../safeTarget.ts';

/**
 * A link of a recorded text. A press shows where it leads, whatever its words say, and only a press on that goes there,
 * to a page of its own that learns nothing of this one.
 */
export function SafeLink({ target, children }: { readonly target: string; readonly children: ReactNode }) {
  const { labels } = useTraceContext();
  const [shown, setShown] = useState(false);
  const url = safeTarget(target);
  if (!url) return children;
  const address = visibleControls(url.href);
  return (
    <>
      <button
        type="button"
        className="tv-link-words"
        title={address}
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
      >
        {children}
      </button>
      {shown ? (
        <>
          {' '}
          <a
            className="tv-link-target"
            href={url.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            referrerPolicy="no-referrer"
            title={labels.openLink}
          >
            <bdi>{address}</bdi>
          </a>
        </>
      ) : null}
    </>
  );
}
