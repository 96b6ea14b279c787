'use client';
import { chosenValues } from '../../analysis/query/complete/chosenValues.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { Sign } from '../parts/icons.tsx';
import { later } from '../later/later.tsx';
import { MenuButton } from '../menu/MenuButton.tsx';

const FilterDialog = later('FilterDialog');

export interface FilterMenuProps {
  readonly field: 'kind' | 'service';
}

/**
 * The button that opens the values of a field to choose from. What is chosen is a term of the query: `kind:llm,tool`.
 */
export function FilterMenu({ field }: FilterMenuProps) {
  const { labels, format } = useTraceContext();
  const chosen = useTraceStore(({ asked }) => chosenValues(asked, field).length);
  return (
    <MenuButton className="tv-optional" renderDialog={(close) => <FilterDialog field={field} onClose={close} />}>
      {field === 'kind' ? <Sign name="filter" /> : null}
      {field === 'kind' ? labels.kindColumn : labels.serviceColumn}
      {chosen === 0 ? null : (
        <>
          <span className="tv-faint" aria-hidden="true">
            {format.count(chosen)}
          </span>
          <span className="tv-visually-hidden"> {labels.chosen(chosen, format.count(chosen))}</span>
        </>
      )}
    </MenuButton>
  );
}
