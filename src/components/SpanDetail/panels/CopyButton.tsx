'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { Sign } from '../../parts/icons.tsx';
import { useCopy } from '../../parts/useCopy.ts';

/** Copies a text, masked as it is shown, and says so. The text is made when it is asked for. */
export function CopyButton({ label, text }: { readonly label: string; text(): string }) {
  const { labels } = useTraceContext();
  const copy = useCopy();
  return (
    <button
      type="button"
      className="tv-copy"
      title={label}
      aria-label={label}
      onClick={() => void copy(text(), labels.valueCopied)}
    >
      <Sign name="copy" size={11} />
    </button>
  );
}
