'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Sign } from '../parts/icons.tsx';
import { later } from '../later/later.tsx';
import { MenuButton } from '../parts/MenuButton.tsx';

const ColumnDialog = later('ColumnDialog');

/** The button that opens the choice of columns and of the order of rows. Stands inside a `TraceProvider`, anywhere. */
export function ColumnMenu() {
  const { labels } = useTraceContext();
  return (
    <MenuButton className="tv-column-menu" renderDialog={(close) => <ColumnDialog onClose={close} />}>
      <Sign name="columns" />
      <span className="tv-column-menu-word">{labels.columns}</span>
    </MenuButton>
  );
}
