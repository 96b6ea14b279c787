import type { CSSProperties, ReactNode } from 'react';
import { inSlot, Slot } from './Slot.tsx';
import { ownValue } from '../../model/ownValue.ts';

/** Signs on a 16-pixel grid. Names, never data, choose among them. */
const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.6,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** On the same grid. The stylesheet says how they are stroked, once for all that is in one. */
const KIND_GLYPHS: Readonly<Record<string, ReactNode>> = {
  agent: (
    <>
      <path d="M13.6 8A5.6 5.6 0 1 1 11 3.3" />
      <path d="M11.2 .8v2.8H8.4" />
      <circle cx="8" cy="8" r="2" fill="currentColor" stroke="none" />
    </>
  ),
  llm: (
    <path
      d="M8 1.2c.7 4.2 2.6 6.1 6.8 6.8-4.2.7-6.1 2.6-6.8 6.8-.7-4.2-2.6-6.1-6.8-6.8 4.2-.7 6.1-2.6 6.8-6.8z"
      fill="currentColor"
      stroke="none"
    />
  ),
  chain: <path d="M2.5 3.5h7M5 8h7M7.5 12.5h6" />,
  tool: (
    <>
      <path d="M8 1.6 13.6 4.8v6.4L8 14.4 2.4 11.2V4.8z" />
      <circle cx="8" cy="8" r="2.1" />
    </>
  ),
  retriever: (
    <>
      <circle cx="6.8" cy="6.8" r="4.6" />
      <path d="M10.4 10.4 14.2 14.2" />
    </>
  ),
  reranker: <path d="M4 13.5v-11M1.6 5 4 2.5 6.4 5M9.5 4h5M9.5 8h3.6M9.5 12h2.2" />,
  embedding: (
    <g fill="currentColor" stroke="none">
      <circle cx="3" cy="3" r="1.9" />
      <circle cx="8" cy="3" r="1" />
      <circle cx="13" cy="3" r="1.5" />
      <circle cx="3" cy="8" r="1.1" />
      <circle cx="8" cy="8" r="1.9" />
      <circle cx="13" cy="8" r="1" />
      <circle cx="3" cy="13" r="1.5" />
      <circle cx="8" cy="13" r="1.2" />
      <circle cx="13" cy="13" r="1.9" />
    </g>
  ),
  prompt: (
    <path d="M5.6 2.2C3.4 2.2 4.6 8 2.2 8c2.4 0 1.2 5.8 3.4 5.8M10.4 2.2c2.2 0 1 5.8 3.4 5.8-2.4 0-1.2 5.8-3.4 5.8" />
  ),
  guardrail: <path d="M8 1.6 13.4 3.6v4.2c0 3.2-2.1 5.4-5.4 6.7-3.3-1.3-5.4-3.5-5.4-6.7V3.6z" />,
  evaluator: (
    <>
      <path d="M2 11.5a6 6 0 0 1 12 0M8 11.5 10.8 7.2" />
      <circle cx="8" cy="11.5" r="1.5" fill="currentColor" stroke="none" />
    </>
  ),
  http: <path d="M2 5.5h11.5L10.4 2.4M14 10.5H2.5l3.1 3.1" />,
  db: (
    <path d="M2.6 4c0-1.3 2.4-2.2 5.4-2.2s5.4.9 5.4 2.2v8c0 1.3-2.4 2.2-5.4 2.2S2.6 13.3 2.6 12zM2.6 4c0 1.3 2.4 2.2 5.4 2.2S13.4 5.3 13.4 4M2.6 8c0 1.3 2.4 2.2 5.4 2.2s5.4-.9 5.4-2.2" />
  ),
  rpc: <path d="M2 5.5h11.5L10.4 2.4M14 10.5H2.5l3.1 3.1" />,
  messaging: <path d="M2 3.5h12v9H2zM2 4l6 5 6-5" />,
  memory: <path d="M4 4h8v8H4zM6.5 1.5V4M9.5 1.5V4M6.5 12v2.5M9.5 12v2.5M1.5 6.5H4M1.5 9.5H4M12 6.5h2.5M12 9.5h2.5" />,
  parser: <path d="M5.5 3 2 8l3.5 5M10.5 3 14 8l-3.5 5" />,
  event: <path d="M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z" />,
  span: <path d="M8 2.5 13.5 8 8 13.5 2.5 8z" />,
};

const SIGNS = {
  check: <path d="M3 8.4 6.6 12 13 4.6" {...stroke} />,
  error: (
    <>
      <circle cx="8" cy="8" r="6.6" fill="currentColor" />
      <path
        d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8"
        stroke="var(--tv-bg-canvas)"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
    </>
  ),
  warning: (
    <>
      <path d="M8 2 14.6 13.6H1.4zM8 6.6v3" {...stroke} />
      <circle cx="8" cy="11.6" r="0.9" fill="currentColor" />
    </>
  ),
  path: <path d="M1.5 4h5v8h8" {...stroke} />,
  loop: <path d="M3 5.5h10M3 10.5h10M8 1v2.4M8 15v-2.4" {...stroke} />,
  dot: <circle cx="8" cy="8" r="3.4" fill="currentColor" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 4.8V8l2.2 1.6" {...stroke} />
    </>
  ),
  person: (
    <>
      <circle cx="8" cy="5.2" r="2.8" {...stroke} />
      <path d="M2.6 14c.5-3 2.6-4.6 5.4-4.6s4.9 1.6 5.4 4.6" {...stroke} />
    </>
  ),
  back: <path d="M10 3.5 5.5 8 10 12.5" {...stroke} />,
  right: <path d="M6 3.5 10.5 8 6 12.5" {...stroke} />,
  down: <path d="M3.5 6 8 10.5 12.5 6" {...stroke} />,
  up: <path d="M3.5 10 8 5.5 12.5 10" {...stroke} />,
  search: (
    <>
      <circle cx="6.8" cy="6.8" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M10.2 10.2 14 14" {...stroke} />
    </>
  ),
  close: <path d="M4 4l8 8M12 4l-8 8" {...stroke} />,
  columns: <path d="M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10" {...stroke} />,
  copy: <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" {...stroke} />,
  image: (
    <>
      <path d="M2 3h12v10H2zM2 11l3.5-3.5 3 3 2-2L14 11.5" {...stroke} />
      <circle cx="10.5" cy="6" r="1.1" fill="currentColor" />
    </>
  ),
  file: <path d="M4 1.8h5.4L12.4 5v9.2H4zM9.2 2v3.2h3" {...stroke} />,
  pair: <path d="M2 3h5v10H2zM9 3h5v10H9zM9 6.3h5M9 9.7h5" {...stroke} />,
  wide: <path d="M2 8h12M5 4.8 1.8 8 5 11.2M11 4.8 14.2 8 11 11.2" {...stroke} />,
  onward: <path d="M2.5 8h10.5M9 4l4 4-4 4" {...stroke} />,
  filter: <path d="M2 3.5h12L9.6 8.6v4.6l-3.2-1.8V8.6z" {...stroke} />,
} as const satisfies Readonly<Record<string, ReactNode>>;

export type SignName = keyof typeof SIGNS;

/** A sign of the interface. Decoration: the words beside it, or the button's name, say the same. */
export function Sign({ name, size = 12 }: { readonly name: SignName; readonly size?: number }) {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      {SIGNS[name]}
    </svg>
  );
}

/** Where the color of a kind or of a service comes from, for the elements of a row that are drawn in it. */
export interface KindInk {
  readonly 'data-kind'?: string | undefined;
  readonly 'data-service'?: number | undefined;
  readonly style?: CSSProperties | undefined;
}

/**
 * The glyph of a kind on its tile; `big` in the span detail. A kind without a glyph gets that of `span`. Its color is
 * that of the elements around it where it has no `ink` of its own.
 */
export function KindGlyph({
  kind,
  big = false,
  glyph,
  ink,
}: {
  readonly kind: string;
  readonly big?: boolean;
  readonly ink?: KindInk;
  readonly glyph?: (() => ReactNode) | undefined;
}) {
  const className = big ? 'tv-glyph tv-glyph-big' : 'tv-glyph';
  return glyph ? (
    <span className={className} aria-hidden="true" {...ink}>
      <Slot render={() => inSlot(glyph())} />
    </span>
  ) : (
    <svg viewBox="0 0 16 16" className={className} aria-hidden="true" {...ink}>
      {ownValue(KIND_GLYPHS, kind) ?? KIND_GLYPHS['span']}
    </svg>
  );
}
