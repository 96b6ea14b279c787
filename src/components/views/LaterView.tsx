'use client';
import { lazy, Suspense, useState } from 'react';
import { Slot } from '../parts/Slot.tsx';
import type { MainView } from './views.ts';

/** A view of the main area, fetched when it is opened; where that fails, a word and a button that tries again. */
export function LaterView({ view }: { readonly view: MainView }) {
  return <Slot about={view} render={() => <Fetched key={view.id} view={view} />} />;
}

/** The state stands above what waits: who tries again fetches again. */
function Fetched({ view }: { readonly view: MainView }) {
  const [View] = useState(() => lazy(async () => ({ default: await view.load() })));
  return (
    <Suspense fallback={null}>
      <View />
    </Suspense>
  );
}
