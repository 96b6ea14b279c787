import type { CallGraph, GraphAmounts, GraphMeasure } from '../../analysis/graph/types.ts';
import type { Format } from '../../format.ts';

export const MEASURES: readonly GraphMeasure[] = ['calls', 'time', 'cost', 'tokens', 'errors'];
export type Measure = GraphMeasure;

/** What several calls come to together. */
export type Sums = Pick<GraphAmounts, 'time' | 'cost' | 'tokens' | 'errors'> & { readonly calls: number };

type Amounts = Pick<GraphAmounts, 'time' | 'cost' | 'tokens' | 'errors'> & { readonly calls: readonly number[] };

/** Of several edges or nodes; what none of them knows stays unknown. */
export function sumsOf(all: readonly Amounts[]): Sums {
  const sum = (amount: (each: Amounts) => number | null): number | null =>
    all.reduce<number | null>((so, each) => {
      const more = amount(each);
      return more === null ? so : (so ?? 0) + more;
    }, null);
  return {
    calls: sum(({ calls }) => calls.length) ?? 0,
    errors: sum(({ errors }) => errors) ?? 0,
    time: sum(({ time }) => time),
    cost: sum(({ cost }) => cost),
    tokens: sum(({ tokens }) => tokens),
  };
}

export const edgeSums = ({ edges }: CallGraph, places: readonly number[]): Sums =>
  sumsOf(places.map((place) => edges[place]!));
export const nodeSums = ({ nodes }: CallGraph, places: readonly number[]): Sums =>
  sumsOf(places.map((place) => nodes[place]!));

/** An amount as it is written; null = unknown, or nothing to tell. */
export function written(measure: Measure, sums: Sums, format: Format, currency: string): string | null {
  const amount = sums[measure];
  if (amount === null) return null;
  switch (measure) {
    case 'calls':
      return `×${format.count(amount)}`;
    case 'time':
      return format.duration(amount);
    case 'cost':
      return format.money(amount, currency);
    case 'tokens':
      return `${format.tokens(amount)} tok`;
    case 'errors':
      return amount === 0 ? null : `✗ ${format.count(amount)}`;
  }
}
