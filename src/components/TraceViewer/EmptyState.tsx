'use client';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useInPage } from '../../hooks/context/useInPage.ts';
import type { TracesState } from '../../hooks/useTraces.ts';
import type { Labels } from '../../labels.ts';
import { Sign } from '../parts/icons.tsx';
import { recordedText } from '../text/recordedText.tsx';

/** Why no trace is shown. */
export interface Unread {
  readonly state: TracesState;
  /** Nothing was given to be read. */
  readonly waiting: boolean;
}

interface EmptyStateProps extends Unread {
  /** Of the files that are read, as far as they have names. */
  readonly files: readonly string[];
  /** The ways to something else. */
  readonly children: ReactNode;
}

/** The names of those inputs that are files. */
export const namesOf = (input: unknown): readonly string[] =>
  (Array.isArray(input) ? (input as readonly unknown[]) : [input]).flatMap((each) =>
    typeof File === 'function' && each instanceof File ? [each.name] : [],
  );

const NAMED = 3;

/** What stands in place of a trace, below the files it is about and the ways to others. */
export function EmptyState({ state, waiting, files, children }: EmptyStateProps) {
  const { labels } = useTraceContext();
  return (
    <div className="tv-unread">
      <div className="tv-header" data-trace-part="header" data-state={state.status}>
        <bdi className="tv-title-name">{recordedText(files.slice(0, NAMED).join(', '), true)}</bdi>
        {files.length > NAMED ? <span className="tv-faint">{labels.more(files.length - NAMED)}</span> : null}
        <span className="tv-spring" />
        {children}
      </div>
      <InPlace state={state} waiting={waiting} />
    </div>
  );
}

/** Reading, nothing there, or why the input cannot be shown. */
function InPlace({ state: { status, set, error, progress, soFar, cancel }, waiting }: Unread): ReactNode {
  const { labels } = useTraceContext();
  if (error?.code === 'cancelled') {
    return (
      <div className="tv-empty" role="status">
        <h2>{labels.readingCancelled}</h2>
      </div>
    );
  }
  if (status === 'error') {
    return (
      <div className="tv-empty" role="alert">
        <Sign name="warning" size={20} />
        <h2>{error?.code === 'unknown-format' || error?.code === 'not-json' ? labels.notATrace : labels.notRead}</h2>
        <p>{error?.message}</p>
      </div>
    );
  }
  if (status === 'loading' && !waiting) {
    return (
      <div className="tv-empty">
        <p role="status">{labels.reading}</p>
        <ProgressBar progress={progress} label={labels.reading} />
        {soFar && cancel ? <SoFar {...soFar} cancel={cancel} /> : null}
        <div className="tv-skeleton" aria-hidden="true">
          {Array.from({ length: 8 }, (_, place) => (
            <i key={place} />
          ))}
        </div>
      </div>
    );
  }
  // Of a stream that has just begun.
  if (set?.format === 'unknown' && set.diagnostics.length === 0) {
    return (
      <div className="tv-empty" role="status">
        <Sign name="clock" size={20} />
        <h2>{labels.noSpansYet}</h2>
        <p>{labels.noSpansYetText}</p>
      </div>
    );
  }
  return (
    <div className="tv-empty" role="status">
      <Sign name="search" size={20} />
      <h2>{labels.noSpans}</h2>
      {set ? <p>{set.diagnostics.find(({ code }) => code === 'no-spans')?.message ?? labels.noSpansText}</p> : null}
    </div>
  );
}

/** How much of something large is read, and a way to leave it; Escape is one too. */
function SoFar({ bytes, totalBytes, spans, cancel }: NonNullable<TracesState['soFar']> & { cancel(): void }) {
  const { labels, format } = useTraceContext();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || !isMeant(button.current!)) return;
      event.preventDefault();
      cancel();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [cancel]);
  const megabytes = (count: number): string => format.count(Math.round(count / 1e6));
  return (
    <>
      <p className="tv-faint tv-so-far">
        {labels.readSoFar(
          megabytes(bytes),
          totalBytes === undefined ? null : megabytes(totalBytes),
          spans > 0 ? format.count(spans) : null,
        )}
      </p>
      <button ref={button} type="button" className="tv-button tv-line" aria-keyshortcuts="Escape" onClick={cancel}>
        {labels.cancelReading}
      </button>
    </>
  );
}

/** Whether keys are meant for what an element stands in: the focus is in it, or nowhere. */
function isMeant(element: Element): boolean {
  if (!document.activeElement || document.activeElement === document.body) return true;
  const { activeElement } = element.getRootNode() as Document | ShadowRoot;
  return element.closest('.tv-root')!.contains(activeElement);
}

/** The last net: the viewer itself broke. `children` are the ways to something else. */
export function ViewerFailed({
  labels,
  again,
  children,
}: {
  readonly labels: Labels;
  again(): void;
  readonly children: ReactNode;
}) {
  return (
    <>
      <div className="tv-part-failed">{children}</div>
      <div className="tv-empty" role="alert">
        <Sign name="warning" size={20} />
        <h2>{labels.viewerFailed}</h2>
        <p>{labels.viewerFailedText}</p>
        <button type="button" className="tv-button tv-line" onClick={again}>
          {labels.tryAgain}
        </button>
      </div>
    </>
  );
}

/** How far something is, 0 … 1; a bar that only says that it goes on where that is not known. */
function ProgressBar({ progress, label }: { readonly progress: number | null; readonly label: string }) {
  const inPage = useInPage();
  const percent = progress === null ? undefined : Math.round(progress * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className="tv-progress"
      data-state={percent === undefined ? 'unknown' : 'known'}
    >
      <i style={percent === undefined || !inPage ? undefined : { width: `${percent}%` }} />
    </div>
  );
}
