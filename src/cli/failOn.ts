import { ownValue } from '../model/ownValue.ts';
import type { TraceDiffResult } from '../analysis/diff/types.ts';

/** A limit of `--fail-on`: answers why it is crossed, or null. */
export interface Limit {
  readonly words: string;
  crossed(diff: TraceDiffResult): string | null;
  unknown(diff: TraceDiffResult): boolean;
}

const AMOUNTS = ['duration', 'cost', 'tokens', 'input', 'output', 'spans'] as const;
const GROWTH = new RegExp(`^(${AMOUNTS.join('|')})>(\\d+(?:\\.\\d+)?)%$`);

/** Reads `errors,cost>10%,duration>20%,structure`. Throws where a word is none of these. */
export function parseLimits(text: string): readonly Limit[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map(limitOf);
}

function limitOf(words: string): Limit {
  if (words === 'errors') {
    return {
      words,
      unknown: () => false,
      crossed: ({ changes }) => changes.find(({ kind }) => kind === 'new-error')?.message ?? null,
    };
  }
  if (words === 'structure') {
    return {
      words,
      unknown: () => false,
      crossed({ counts, rows }) {
        const renamed = rows.reduce((sum, row) => sum + Number(row.renamed !== undefined), 0);
        return counts.added + counts.removed + counts.moved + renamed === 0
          ? null
          : `${counts.added} added, ${counts.removed} removed, ${counts.moved} moved, ${renamed} renamed`;
      },
    };
  }
  const found = GROWTH.exec(words);
  if (!found)
    throw new Error(
      `--fail-on takes errors, structure and growth such as cost>10% (${AMOUNTS.join(', ')}), not “${words}”`,
    );
  const name = found[1]!;
  const most = Number(found[2]) / 100;
  return {
    words,
    unknown: ({ totals }) => (ownValue(totals, name)?.delta ?? null) === null,
    crossed({ totals }) {
      const { a, b } = ownValue(totals, name) ?? { a: null, b: null };
      if (a === null || b === null || b - a <= a * most) return null;
      return a === 0 ? 'was nothing before' : `grew by ${Math.round((b / a - 1) * 1000) / 10}%`;
    },
  };
}
