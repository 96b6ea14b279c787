'use client';
import { useContext } from 'react';
import { StatusContext } from '../../../hooks/context/StatusContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { Sign } from '../../parts/icons.tsx';
import { copyToClipboard } from '../../parts/clipboard.ts';

/** Copies a text, masked as it is shown, and says so. The text is made when it is asked for. */
export function CopyButton({ label, text }: { readonly label: string; text(): string }) {
  const { labels } = useTraceContext();
  const say = useContext(StatusContext);
  const copy = async (): Promise<void> => {
    say?.((await copyToClipboard(text())) ? labels.copied : labels.notCopied);
  };
  return (
    <button type="button" className="tv-copy" title={label} aria-label={label} onClick={() => void copy()}>
      <Sign name="copy" size={11} />
    </button>
  );
}
