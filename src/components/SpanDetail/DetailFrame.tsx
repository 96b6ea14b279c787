'use client';
import { forwardRef, type CSSProperties, type ReactNode } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { Span } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import { plainText } from '../text/recordedText.tsx';

interface DetailFrameProps {
  /** What the details are of: a span, or what stands in the place of one. */
  readonly span: { readonly name: string; readonly status?: Span['status']; readonly kind?: Span['kind'] };
  /** Beside the button that closes. */
  readonly path: ReactNode;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
  readonly children: ReactNode;
}

/** Where details stand, and the button that closes them. */
export const DetailFrame = forwardRef<HTMLElement, DetailFrameProps>(function DetailFrame(
  { span, path, className, style, children },
  ref,
) {
  const { store, labels } = useTraceContext();
  const reading = useTraceStore((state) => state.reading);
  return (
    <aside
      ref={ref}
      className={className === undefined ? 'tv-detail' : `tv-detail ${className}`}
      style={style}
      data-trace-part="detail"
      data-state={span.status}
      data-kind={span.kind}
      aria-label={labels.detailsOf(plainText(span.name))}
    >
      <div className="tv-detail-top">
        {path}
        <button
          type="button"
          className="tv-button tv-icon tv-small tv-wide"
          aria-label={labels.wide}
          title={labels.wide}
          aria-pressed={reading}
          onClick={() => store.actions.showReading(!reading)}
        >
          <Sign name="wide" size={12} />
        </button>
        <button
          type="button"
          className="tv-button tv-icon tv-small"
          aria-label={labels.close}
          onClick={() => {
            store.actions.closeDetail();
            store.actions.focusGrid();
          }}
        >
          <Sign name="close" size={10} />
        </button>
      </div>
      {children}
    </aside>
  );
});
