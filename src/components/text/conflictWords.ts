import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import type { Ledger, LedgerEntry } from '../../model/types.ts';

/**
 * In what a span and the spans below it disagree, in words: the total of tokens or, where that agrees, its two sides;
 * and the cost.
 */
export function conflictWords(
  { own, below }: Ledger['conflicts'][number],
  format: Format,
  labels: Labels,
): { readonly tokens: string | null; readonly cost: string | null } {
  const compare = (write: (entry: LedgerEntry) => string | null): string | null => {
    const mine = write(own);
    const theirs = write(below);
    return mine === null || theirs === null || mine === theirs ? null : labels.conflict(mine, theirs);
  };
  return {
    tokens:
      compare(({ usage }) => (usage.total === null ? null : format.count(usage.total))) ??
      compare(({ usage }) =>
        usage.input === null || usage.output === null
          ? null
          : `${format.count(usage.input)} + ${format.count(usage.output)}`,
      ),
    cost: compare(({ cost }) => (cost.total === null ? null : format.money(cost.total, cost.currency))),
  };
}
