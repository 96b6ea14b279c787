'use client';
import { useEffect, useRef } from 'react';
import type { DiffRow } from '../../analysis/diff/types.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { SpanKey } from '../../model/types.ts';
import type { DiffPairs } from '../../store/viewPieces.ts';
import { keepInside } from '../menu/keepInside.ts';
import { MenuButton } from '../menu/MenuButton.tsx';

/** A span of one side that looks for its step on the other. */
export interface PairSearch {
  readonly side: 'a' | 'b';
  readonly key: SpanKey;
}

interface PairingMenuProps {
  readonly row: DiffRow | null;
  readonly pairs: DiffPairs;
  onPairs(pairs: DiffPairs): void;
  onSearch(search: PairSearch): void;
}

/** What the reader can say about which step became which; it is kept in the view, and so in an address. */
export function PairingMenu(props: PairingMenuProps) {
  const { labels } = useTraceContext();
  const { row, pairs } = props;
  if (!row && pairs.pair.length === 0 && pairs.forbid.length === 0) return null;
  return (
    <MenuButton className="tv-pairing" renderDialog={(close) => <PairingDialog {...props} onClose={close} />}>
      {labels.stepPairs}
    </MenuButton>
  );
}

function PairingDialog({ row, pairs, onPairs, onSearch, onClose }: PairingMenuProps & { onClose(): void }) {
  const { labels, store } = useTraceContext();
  const dialog = useRef<HTMLDivElement>(null);
  useBrowserLayoutEffect(() => keepInside(dialog.current!), []);
  useEffect(() => dialog.current!.querySelector<HTMLElement>('button')!.focus({ preventScroll: true }), []);
  const item = (words: string, run: () => void) => (
    <li key={words}>
      <button
        type="button"
        className="tv-button"
        onClick={() => {
          run();
          onClose();
          store.actions.focusGrid();
        }}
      >
        {words}
      </button>
    </li>
  );
  return (
    <div ref={dialog} role="dialog" aria-label={labels.stepPairs} className="tv-columns tv-pairing-dialog">
      <ul>
        {row && row.a !== null && row.b !== null
          ? item(labels.notTheSame, () => onPairs(withoutPair(pairs, row.a!, row.b!)))
          : null}
        {row && row.b !== null ? item(labels.sameStepAs('A'), () => onSearch({ side: 'b', key: row.b! })) : null}
        {row && row.a !== null ? item(labels.sameStepAs('B'), () => onSearch({ side: 'a', key: row.a! })) : null}
        {pairs.pair.length + pairs.forbid.length > 0
          ? item(labels.undoPairs, () => onPairs({ pair: [], forbid: [] }))
          : null}
      </ul>
    </div>
  );
}

/** The two are one step, whatever else was said about either. */
export function withPair({ pair, forbid }: DiffPairs, a: SpanKey, b: SpanKey): DiffPairs {
  return {
    pair: [...pair.filter(([keyA, keyB]) => keyA !== a && keyB !== b), [a, b]],
    forbid: forbid.filter(([keyA, keyB]) => keyA !== a || keyB !== b),
  };
}

/** The two are not one step. */
export function withoutPair({ pair, forbid }: DiffPairs, a: SpanKey, b: SpanKey): DiffPairs {
  return {
    pair: pair.filter(([keyA, keyB]) => keyA !== a || keyB !== b),
    forbid: [...forbid.filter(([keyA, keyB]) => keyA !== a || keyB !== b), [a, b]],
  };
}
