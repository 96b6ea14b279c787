'use client';
import { lazy, Suspense } from 'react';
import { Slot } from '../../parts/Slot.tsx';
import type { MarkdownBlocksProps } from './markdown/MarkdownBlocks.tsx';
import { TextView } from './TextView.tsx';

/** The parser comes when the first Markdown is shown. */
const MarkdownBlocks = lazy(async () => ({ default: (await import('./markdown/MarkdownBlocks.tsx')).MarkdownBlocks }));

/** Markdown as it is meant to be read; as text until the parser is there, and where it cannot be had. */
export function MarkdownView(props: MarkdownBlocksProps) {
  const asText = <TextView {...props} />;
  return (
    <Slot
      about={props.text}
      renderFailed={() => asText}
      render={() => (
        <Suspense fallback={asText}>
          <MarkdownBlocks {...props} />
        </Suspense>
      )}
    />
  );
}
