'use client';
import { Component, useContext, type ReactNode } from 'react';
import { TraceContext } from '../../hooks/context/TraceContext.ts';

interface SlotProps {
  readonly render: () => ReactNode;
  /** What is drawn is about this: of something else it is tried again. */
  readonly about?: unknown;
  /** What stands in its place when it threw; `again` draws it anew. @default a word */
  readonly renderFailed?: (again: () => void) => ReactNode;
}

/**
 * The boundary around what a host supplies, what comes later, and every part. If that throws, a word stands in its
 * place and the rest goes on.
 */
export class Slot extends Component<SlotProps, { readonly failed: boolean; readonly about?: unknown }> {
  override state = { failed: false, about: this.props.about };

  static getDerivedStateFromProps(
    { about }: SlotProps,
    state: { readonly about?: unknown },
  ): { readonly failed: boolean; readonly about: unknown } | null {
    return Object.is(about, state.about) ? null : { failed: false, about };
  }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  readonly again = (): void => this.setState({ failed: false });

  override render(): ReactNode {
    if (this.state.failed && this.props.renderFailed) return this.props.renderFailed(this.again);
    if (this.state.failed) return <SlotFailed />;
    return <Drawn {...this.props} />;
  }
}

/** The word that stands in the place of what threw. */
export function SlotFailed() {
  return (
    <span className="tv-slot-failed" role="note">
      {useContext(TraceContext)?.labels.slotFailed}
    </span>
  );
}

/**
 * What a host's function answers; `otherwise` where it throws. For questions that are asked before anything is drawn.
 */
export function askHost<Answer>(ask: () => Answer, otherwise: Answer): Answer {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

/** Around what a host draws: our rules for elements end here (see the head of the stylesheet). No box of its own. */
export const inSlot = (drawn: ReactNode): ReactNode => <span className="tv-slot">{drawn}</span>;

/** Below the boundary, so that what it throws is caught by it. */
const Drawn = ({ render }: SlotProps): ReactNode => render();
