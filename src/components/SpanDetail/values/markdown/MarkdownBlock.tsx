'use client';
import { createElement, Fragment, memo, useRef, type ReactNode } from 'react';
import { useFinder, type Reveal } from '../../../../hooks/context/FindContext.ts';
import { useBrowserLayoutEffect } from '../../../../hooks/useBrowserLayoutEffect.ts';
import type { Finder } from '../../../../analysis/values/types.ts';
import { ownValue } from '../../../../model/ownValue.ts';
import { bringIntoView } from '../../../parts/scroller.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { Media } from '../Media.tsx';
import { ShownText, type TextAbout } from '../ShownText.tsx';
import { TextView } from '../TextView.tsx';
import { SafeLink } from './SafeLink.tsx';
import type { Block, MarkdownDocument, Token } from './readMarkdown.ts';

interface MarkdownBlockProps {
  readonly source: string;
  readonly document: MarkdownDocument;
  readonly block: Block;
  readonly about: TextAbout | undefined;
  /** The wish to see a match in this block, and how many stand before that one in it. */
  readonly reveal: Reveal | null;
  readonly place: number;
}

/** One block of Markdown. A match that its words do not show, as it is in a link's address, marks all of it. */
export const MarkdownBlock = memo(function MarkdownBlock(props: MarkdownBlockProps) {
  const { source, document, block, about = ANYWHERE, reveal, place } = props;
  const finder = useFinder();
  const element = useRef<HTMLDivElement>(null);
  useBrowserLayoutEffect(() => {
    // Children come first: what is still to be seen is marked in none of them.
    if (!reveal?.isPending() || !element.current) return;
    bringIntoView(element.current);
    reveal.done();
  }, [reveal]);
  const leaves = new Leaves(finder, about, reveal, place);
  return (
    <div ref={element} className="tv-markdown-block">
      {block.tokens === null ? (
        <TextView text={source} about={about} />
      ) : (
        drawn(block.tokens, (content) => document.inline(content), leaves)
      )}
    </div>
  );
});

const ANYWHERE: TextAbout = {};

/** All that Markdown can become here. No attribute is taken from the text. */
const ELEMENTS: Readonly<Record<string, string>> = {
  p: 'p',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  blockquote: 'blockquote',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
  em: 'em',
  strong: 'strong',
  s: 's',
};

/** An element that is not closed yet. */
interface Open {
  readonly token: Token | null;
  readonly children: ReactNode[];
}

/** Tokens as elements. Without recursion: how deep they lie inside each other is for the text to say. */
function drawn(tokens: readonly Token[], inline: (content: string) => readonly Token[], leaves: Leaves): ReactNode {
  const root: Open = { token: null, children: [] };
  const open: Open[] = [root];
  const add = (node: ReactNode): void => {
    const { children } = open.at(-1)!;
    children.push(<Fragment key={children.length}>{node}</Fragment>);
  };
  // What stands inside is put before what comes after it.
  const rest: Token[] = tokens.toReversed();
  while (rest.length > 0) {
    const token = rest.pop()!;
    if (token.nesting === 1) open.push({ token, children: [] });
    else if (token.nesting === -1) {
      if (open.length > 1) {
        const closed = open.pop()!;
        add(elementOf(closed.token!, closed.children));
      }
    } else if (token.type === 'inline') {
      const inside = inline(token.content);
      if (inside.length === 0) add(leaves.text(token.content));
      for (let at = inside.length - 1; at >= 0; at -= 1) rest.push(inside[at]!);
    } else add(leafOf(token, leaves));
  }
  while (open.length > 1) {
    const closed = open.pop()!;
    add(elementOf(closed.token!, closed.children));
  }
  return root.children;
}

function elementOf(token: Token, children: readonly ReactNode[]): ReactNode {
  const { type, tag, hidden } = token;
  if (hidden) return children;
  if (type === 'link_open') return <SafeLink target={String(token.attrGet('href') ?? '')}>{children}</SafeLink>;
  // Headings of a text are none of the page around it.
  if (type === 'heading_open')
    return (
      <p className="tv-markdown-heading" data-level={tag.slice(1)}>
        {children}
      </p>
    );
  const name = ownValue(ELEMENTS, tag);
  if (name === undefined) return children;
  if (name === 'table')
    return (
      <div className="tv-markdown-table">
        <table>{children}</table>
      </div>
    );
  return createElement(name, name === 'ol' ? { start: startOf(token) } : null, children);
}

function startOf(token: Token): number | undefined {
  const start = Number(token.attrGet('start') ?? 1);
  return Number.isSafeInteger(start) && start !== 1 ? start : undefined;
}

function leafOf(token: Token, leaves: Leaves): ReactNode {
  switch (token.type) {
    case 'text':
    case 'text_special':
      return leaves.text(token.content);
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return <br />;
    case 'hr':
      return <hr />;
    case 'code_inline':
      return <code>{leaves.text(token.content)}</code>;
    case 'fence':
    case 'code_block':
      return (
        <div className="tv-markdown-code">
          {token.info.trim() === '' ? null : (
            <span className="tv-aside">{recordedText(token.info.trim().slice(0, 40))}</span>
          )}
          {leaves.code(token.content.replace(/\n$/, ''))}
        </div>
      );
    case 'image':
      return <Media type="image" uri={String(token.attrGet('src') ?? '')} alt={token.content} />;
    default:
      return leaves.text(token.content);
  }
}

/** The texts of a block, in order; it knows in which of them the match stands that is looked at. */
class Leaves {
  readonly #finder: Finder;
  readonly #about: TextAbout;
  readonly #reveal: Reveal | null;
  #before: number;

  constructor(finder: Finder, about: TextAbout, reveal: Reveal | null, before: number) {
    this.#finder = finder;
    this.#about = about;
    this.#reveal = reveal;
    this.#before = before;
  }

  text(text: string): ReactNode {
    const at = this.#placeIn(text);
    return (
      <ShownText text={text} about={this.#about} reveal={at === null ? null : this.#reveal} at={at ?? undefined} />
    );
  }

  code(text: string): ReactNode {
    const at = this.#placeIn(text);
    return (
      <TextView text={text} about={this.#about} mono reveal={at === null ? null : this.#reveal} at={at ?? undefined} />
    );
  }

  /** Where the match stands in a text, if it is there; counts those that stand before it. */
  #placeIn(text: string): number | null {
    if (!this.#reveal || this.#before < 0) return null;
    const found = this.#finder.find(text, this.#about, this.#before + 1);
    if (!Array.isArray(found)) return null;
    const match = (found as readonly (readonly [number, number])[])[this.#before];
    this.#before -= match ? this.#before + 1 : found.length;
    return match ? match[0] : null;
  }
}
