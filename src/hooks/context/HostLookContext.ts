'use client';
import { createContext, useContext, type ReactNode } from 'react';
import type { Span, SpanContent } from '../../model/types.ts';

/** A panel of the span detail. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  /** Whether the panel has something to say about a span. */
  match(span: Span, content: SpanContent): boolean;
  render(span: Span, content: SpanContent): ReactNode;
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
}

export const HostLookContext = createContext<HostLook>({ kinds: undefined, panels: undefined });

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
