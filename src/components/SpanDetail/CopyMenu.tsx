'use client';
import { useEffect, useRef } from 'react';
import type { CopyRequest } from '../../hooks/copySpans.ts';
import { copySpans } from '../../hooks/copySpans.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import type { Span } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import { keepInside } from '../menu/keepInside.ts';
import { MenuButton } from '../menu/MenuButton.tsx';
import { useCopy } from '../parts/useCopy.ts';

const SCOPES = ['span', 'subtree', 'conversation', 'trace'] as const satisfies readonly CopyRequest['scope'][];
const FORMATS = ['json', 'otlp', 'markdown'] as const satisfies readonly CopyRequest['format'][];

/** Copies the span, all below it, its conversation or the whole trace in three formats, masked as shown. */
export function CopyMenu({ span }: { readonly span: Span }) {
  const { labels } = useTraceContext();
  return (
    <MenuButton className="tv-copy-menu" renderDialog={(close) => <CopyDialog span={span} onClose={close} />}>
      <Sign name="copy" size={11} />
      <span className="tv-visually-hidden">{labels.copyMenu}</span>
    </MenuButton>
  );
}

function CopyDialog({ span, onClose }: { readonly span: Span; onClose(): void }) {
  const { labels } = useTraceContext();
  const trace = useTrace();
  const copy = useCopy();
  const dialog = useRef<HTMLDivElement>(null);
  useBrowserLayoutEffect(() => keepInside(dialog.current!), []);
  useEffect(() => dialog.current!.querySelector<HTMLElement>('button')!.focus({ preventScroll: true }), []);
  const scopes = SCOPES.filter(
    (scope) => (scope !== 'subtree' || span.descendantCount > 0) && (scope !== 'conversation' || span.kind === 'llm'),
  );
  const start = (scope: CopyRequest['scope'], format: CopyRequest['format']): void => {
    if (!trace) return;
    const what = labels.copyWhat(labels.copyScope(scope), labels.copyFormat(format));
    void copy(copySpans(trace, { scope, format, index: span.index }), labels.copied(what));
    onClose();
  };
  return (
    <div ref={dialog} role="dialog" aria-label={labels.copyMenu} className="tv-columns tv-copy-dialog">
      <ul>
        {scopes.map((scope) => (
          <li key={scope}>
            <span>{labels.copyScope(scope)}</span>
            {FORMATS.map((format) => (
              <button
                key={format}
                type="button"
                className="tv-button tv-line"
                aria-label={labels.copyWhat(labels.copyScope(scope), labels.copyFormat(format))}
                onClick={() => start(scope, format)}
              >
                {labels.copyFormat(format)}
              </button>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}
