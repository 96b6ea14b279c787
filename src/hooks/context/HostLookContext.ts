'use client';
import { createContext, useContext, type ReactNode } from 'react';
import type { AssertionRule } from '../../analysis/agents/rules.ts';
import type { PriceTable } from '../../conventions/prices.ts';
import type { Labels } from '../../labels.ts';
import type { Span, SpanContent } from '../../model/types.ts';
import type { ValueView } from '../../store/types.ts';

/** A value that a panel shows, as far as find has to know it: `Value` is given the same id and field. */
export interface PanelText {
  /** Its place as a path in `SpanContent`: `messages.input[3].parts[0].text`. */
  readonly id: string;
  readonly value: unknown;
  /** The kind of field that it stands in. */
  readonly field: string;
  readonly mimeType?: string | undefined;
  /** How it is looked at without anybody's choice. @default what it looks like */
  readonly view?: ValueView;
  /** Which part of the span it is of, for queries that ask for one part. */
  readonly section?: string;
  readonly key?: string;
}

/** A panel of the span detail. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  /** Whether the panel has something to say about a span. */
  match(span: Span, content: SpanContent): boolean;
  render(span: Span, content: SpanContent): ReactNode;
  /** What it shows, so that find in the details looks through it. */
  texts?(span: Span, content: SpanContent): Iterable<PanelText>;
  /** A number beside the title. */
  count?(span: Span, content: SpanContent): number | null;
}

/** How a kind is named and drawn. */
export interface KindStyle {
  readonly label: string;
  readonly color?: string;
  glyph?(): ReactNode;
}

export type Kinds = Readonly<Record<string, KindStyle>>;

/** What the host gave to the provider for all parts in it. */
export interface HostLook {
  readonly kinds: Kinds | undefined;
  readonly panels: readonly Panel[] | undefined;
  readonly rules: readonly AssertionRule[] | undefined;
  /** The host's words as it gave them: those of parts that come later are among them. */
  readonly words: Partial<Labels> | undefined;
  /** What models take and cost. */
  readonly prices: PriceTable | undefined;
}

export const HostLookContext = createContext<HostLook>({
  kinds: undefined,
  panels: undefined,
  rules: undefined,
  words: undefined,
  prices: undefined,
});

/** A part's own kinds, else those of the provider. */
export function useKinds(own: Kinds | undefined): Kinds | undefined {
  const { kinds } = useContext(HostLookContext);
  return own ?? kinds;
}

/** A part's own panels, else those of the provider. */
export function usePanels(own: readonly Panel[] | undefined): readonly Panel[] | undefined {
  const { panels } = useContext(HostLookContext);
  return own ?? panels;
}
