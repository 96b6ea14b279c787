'use client';
import { lazy, Suspense, useState } from 'react';
import { Slot } from '../parts/Slot.tsx';
import type { MainView } from './views.ts';

interface LaterViewProps {
  readonly view: MainView;
  /** What the view takes beside the trace. */
  readonly given?: object;
}

const NOTHING = {};

/** A view of the main area, fetched when it is opened; where that fails, a word and a button that tries again. */
export function LaterView({ view, given = NOTHING }: LaterViewProps) {
  return <Slot about={view} render={() => <Fetched key={view.id} view={view} given={given} />} />;
}

/** The state stands above what waits: who tries again fetches again. */
function Fetched({ view, given }: Required<LaterViewProps>) {
  const [View] = useState(() => lazy(async () => ({ default: await view.load() })));
  return (
    <Suspense fallback={null}>
      <View {...given} />
    </Suspense>
  );
}
