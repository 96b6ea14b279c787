import { checkRules } from './checkRules.ts';
import { markName } from './mark.ts';
import { READY } from './redactors/redactors.ts';
import type { Range, RedactRule, Rule } from './types.ts';

/**
 * Rules checked and made ready. The host's expressions are copied: `lastIndex` of one that is sticky or global would
 * make results depend on order.
 */
export function compileRules(rules: readonly RedactRule[]): readonly Rule[] {
  checkRules(rules);
  return rules.map(({ name, key, value }, index) => {
    const rule: Rule = {
      index,
      name: markName(name),
      key: key ? new RegExp(key.source, key.flags.replaceAll(/[gy]/g, '')) : null,
      find: findBy(value, () => {
        rule.failed = true;
      }),
      anchored:
        typeof value === 'function'
          ? !READY.has(value)
          : Boolean(value) && /(?:^|[^\\[])\^|(?:^|[^\\])\$/.test(value!.source),
      ready: READY.has(value),
      failed: false,
    };
    return rule;
  });
}

function findBy(value: RedactRule['value'], failed: () => void): Rule['find'] {
  if (!value) return null;
  return typeof value === 'function' ? findByFunction(value, failed) : findByPattern(value);
}

function findByPattern(value: RegExp): (text: string) => readonly Range[] {
  const pattern = new RegExp(value.source, `${value.flags.replaceAll(/[gy]/g, '')}g`);
  return (text) => {
    pattern.lastIndex = 0;
    let ranges: Range[] | null = null;
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      const length = found[0].length;
      if (length > 0) (ranges ??= []).push([found.index, found.index + length]);
      // An empty match would be found again and again; between the halves of a pair it would even be moved back.
      else pattern.lastIndex += text.codePointAt(pattern.lastIndex)! > 0xffff ? 2 : 1;
    }
    return ranges ?? NONE;
  };
}

function findByFunction(
  value: (text: string) => readonly Range[],
  failed: () => void,
): (text: string) => readonly Range[] {
  return (text) => {
    try {
      const ranges: unknown = value(text);
      // What it will answer comes too late, and so does its failure.
      if (ranges instanceof Promise) ranges.catch(() => {});
      if (Array.isArray(ranges) && ranges.every(isRange))
        return ranges.length === 0 ? NONE : ranges.flatMap(([start, end]): Range[] => within(start, end, text.length));
    } catch {
      // As below.
    }
    failed();
    return [[0, text.length]];
  };
}

const isRange = (range: unknown): range is Range =>
  Array.isArray(range) && isPlace(range[0]) && isPlace(range[1]) && range[0] <= range[1];
const isPlace = (place: unknown): place is number => Number.isInteger(place) || place === Infinity;

const within = (from: number, to: number, length: number): Range[] => {
  const [start, end] = [Math.max(0, from), Math.min(to, length)];
  return start < end ? [[start, end]] : [];
};

const NONE: readonly Range[] = [];
