'use client';
import { useMemo } from 'react';
import { resultBlocks } from '../../../conventions/content/readContent.ts';
import { useReveal } from '../../../hooks/context/FindContext.ts';
import { Media } from '../values/Media.tsx';
import type { TextAbout } from '../values/ShownText.tsx';
import { Value } from '../values/Value.tsx';

interface ResultProps {
  readonly value: unknown;
  /** Place as a path in `SpanContent`. */
  readonly id: string;
  readonly about: TextAbout;
  readonly lines?: number;
}

/** What a tool gave back: blocks of text and pictures as these, anything else as a value. */
export function Result(props: ResultProps) {
  const { value, id, about, lines } = props;
  const blocks = useMemo(() => resultBlocks(value), [value]);
  // A match is shown where the tree has it.
  const isLooked = useReveal(id) !== null;
  if (!blocks || isLooked) return <Value {...props} field="result" />;
  return blocks.map((block, place) =>
    block.type === 'text' ? (
      <Value key={place} value={block.text} field="result" about={about} {...(lines === undefined ? {} : { lines })} />
    ) : (
      <div key={place} className="tv-media">
        <Media {...block} />
      </div>
    ),
  );
}
