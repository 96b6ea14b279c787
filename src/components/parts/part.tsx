'use client';
import {
  forwardRef,
  useContext,
  type ForwardRefExoticComponent,
  type ForwardRefRenderFunction,
  type PropsWithoutRef,
  type ReactNode,
  type RefAttributes,
} from 'react';
import { TraceContext, useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { Slot } from './Slot.tsx';

/**
 * `forwardRef` for the parts that hosts arrange. Whatever breaks in one, alone or in a viewer, stays in its place: a
 * word and a button that tries again, beside the children it was given. Another trace is tried by itself. Outside of a
 * provider the part is as it is: that mistake is to be heard.
 */
export function part<Handle, Props extends object>(
  render: ForwardRefRenderFunction<Handle, PropsWithoutRef<Props>>,
): ForwardRefExoticComponent<PropsWithoutRef<Props> & RefAttributes<Handle>> {
  const Part = forwardRef(render);
  const Guarded = forwardRef<Handle, Props>((props, ref) => {
    const drawn = <Part {...props} ref={ref} />;
    return useContext(TraceContext) === null ? (
      drawn
    ) : (
      <Net beside={'children' in props ? (props.children as ReactNode) : null}>{drawn}</Net>
    );
  });
  Guarded.displayName = render.name;
  return Guarded;
}

function Net({ beside, children }: { readonly beside: ReactNode; readonly children: ReactNode }) {
  const { labels, refused } = useTraceContext();
  const trace = useTraceStore((state) => state.trace);
  const renderFailed = (again: () => void): ReactNode => (
    <div className="tv-part-failed">
      <span className="tv-slot-failed" role="note">
        {labels.slotFailed}
      </span>
      <button type="button" className="tv-button tv-small" onClick={again}>
        {labels.tryAgain}
      </button>
      {beside}
    </div>
  );
  return refused ? renderFailed(refused) : <Slot about={trace} render={() => children} renderFailed={renderFailed} />;
}
