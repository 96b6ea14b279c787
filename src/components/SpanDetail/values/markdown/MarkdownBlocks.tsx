'use client';
import { useMemo, useRef, useState } from 'react';
import { useFinder, type Reveal } from '../../../../hooks/context/FindContext.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { useBrowserLayoutEffect } from '../../../../hooks/useBrowserLayoutEffect.ts';
import { WindowedList, type WindowedListRef } from '../../../parts/WindowedList.tsx';
import type { TextAbout } from '../ShownText.tsx';
import { MarkdownBlock } from './MarkdownBlock.tsx';
import { readMarkdown, type Block } from './readMarkdown.ts';

export interface MarkdownBlocksProps {
  readonly text: string;
  readonly reveal: Reveal | null;
  readonly about: TextAbout | undefined;
  readonly lines: number;
}

const LINE_HEIGHT = 20;

/** Markdown block by block: its beginning first, and all of it in a window for who asks. */
export function MarkdownBlocks({ text, reveal, about, lines }: MarkdownBlocksProps) {
  const { labels, format } = useTraceContext();
  const finder = useFinder();
  const document = useMemo(() => readMarkdown(text), [text]);
  const { blocks } = document;
  const [all, setAll] = useState(false);
  const list = useRef<WindowedListRef>(null);
  const first = useMemo(() => firstBlocks(blocks, lines), [blocks, lines]);
  const count = all ? blocks.length : first;
  /** The block that holds the match that is looked at, and how many matches stand before it there. */
  const found = useMemo(() => {
    if (!reveal) return null;
    const offset = reveal.match.range[0];
    const block = blocks.findIndex(({ to }) => offset < document.startOf(to));
    if (block === -1) return null;
    const before = finder.find(text.slice(document.startOf(blocks[block]!.from), offset), about ?? {}, 1000);
    return { block, place: Array.isArray(before) ? before.length : 0 };
  }, [reveal, text, blocks, document, finder, about]);
  useBrowserLayoutEffect(() => {
    if (!found || !reveal?.isPending()) return;
    if (found.block >= count) setAll(true);
    else list.current?.scrollTo(found.block, 'start');
  }, [found, reveal, count]);
  return (
    <>
      <WindowedList
        ref={list}
        role="none"
        className="tv-markdown"
        count={count}
        estimate={(at) => LINE_HEIGHT * Math.max(1, blocks[at]!.to - blocks[at]!.from)}
        renderEntry={(at) => (
          <MarkdownBlock
            source={text.slice(document.startOf(blocks[at]!.from), document.startOf(blocks[at]!.to))}
            document={document}
            block={blocks[at]!}
            about={about}
            reveal={found?.block === at ? reveal : null}
            place={found?.place ?? 0}
          />
        )}
      />
      {first < blocks.length ? (
        <button type="button" className="tv-button tv-line tv-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? labels.showLess : labels.showAll(format.count(text.length))}
        </button>
      ) : null}
    </>
  );
}

/** So many blocks as have that many lines, and at least one. */
function firstBlocks(blocks: readonly Block[], lines: number): number {
  let count = 0;
  for (let sum = 0; count < blocks.length && sum < lines; count += 1) sum += blocks[count]!.to - blocks[count]!.from;
  return blocks.length - count <= 1 ? blocks.length : count;
}
