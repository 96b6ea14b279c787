'use client';
import type { ReactNode } from 'react';
import { useRenderers, type Renderers } from '../../../hooks/context/RenderersContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { inSlot, Slot } from '../../parts/Slot.tsx';

interface RenderedProps<Name extends keyof Renderers> {
  readonly name: Name;
  readonly value: Parameters<NonNullable<Renderers[Name]>>[0];
  /** What it is drawn of: of something else it is tried again. */
  readonly about: unknown;
  /** What stands there where the host has no renderer for it, does not want this one, or fails. */
  readonly children: ReactNode;
}

/** A value as the host draws it, if it does. Where that throws, it is said, and ours stands below. */
export function Rendered<Name extends keyof Renderers>({ name, value, about, children }: RenderedProps<Name>) {
  const { labels } = useTraceContext();
  const render = useRenderers()[name] as ((given: typeof value) => ReactNode) | undefined;
  if (!render) return children;
  return (
    <Slot
      about={about}
      render={() => <Ask render={() => render(value)} otherwise={children} />}
      renderFailed={() => (
        <>
          <span className="tv-slot-failed" role="note">
            {labels.slotFailed}
          </span>
          {children}
        </>
      )}
    />
  );
}

/** `undefined` leaves this one to us. */
function Ask({ render, otherwise }: { render(): ReactNode; readonly otherwise: ReactNode }) {
  const drawn = render();
  return drawn === undefined ? otherwise : inSlot(<div className="tv-host-value">{drawn}</div>);
}
