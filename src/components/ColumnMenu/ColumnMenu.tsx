'use client';
import { forwardRef, type CSSProperties } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Sign } from '../parts/icons.tsx';
import { later } from '../later/later.tsx';
import { MenuButton } from '../menu/MenuButton.tsx';
import { useColumns } from '../TraceGrid/columns/useColumns.ts';

export interface ColumnMenuProps {
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

const ColumnDialog = later('ColumnDialog');

/** The button that opens the choice of columns and of the order of rows. Stands inside a `TraceProvider`, anywhere. */
export const ColumnMenu = forwardRef<HTMLDivElement, ColumnMenuProps>(function ColumnMenu({ className, style }, ref) {
  const { labels } = useTraceContext();
  const columns = useColumns(undefined, undefined);
  return (
    <MenuButton
      ref={ref}
      className={className === undefined ? 'tv-column-menu' : `tv-column-menu ${className}`}
      style={style}
      part="column-menu"
      renderDialog={(close) => <ColumnDialog columns={columns} onClose={close} />}
    >
      <Sign name="columns" />
      <span className="tv-column-menu-word">{labels.columns}</span>
    </MenuButton>
  );
});
