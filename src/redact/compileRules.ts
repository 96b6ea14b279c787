import { markName } from './mark.ts';
import { READY } from './redactors.ts';
import type { Range, RedactRule, Rule } from './types.ts';

/** Rules made ready. The host's expressions are copied: `lastIndex` of one that is sticky or global would make results depend on order. */
export function compileRules(rules: readonly RedactRule[]): readonly Rule[] {
  return rules.filter(({ key, value }) => key || value).map(({ name, key, value }, index) => ({
    index,
    name: markName(name),
    key: key ? new RegExp(key.source, key.flags.replaceAll(/[gy]/g, '')) : null,
    find: value ? (typeof value === 'function' ? findByFunction(value) : findByPattern(value)) : null,
    anchored: typeof value === 'function' ? !READY.has(value) : value !== undefined && /(?:^|[^\\[])\^|(?:^|[^\\])\$/.test(value.source),
  }));
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

function findByFunction(value: (text: string) => readonly Range[]): (text: string) => readonly Range[] {
  return (text) => {
    try {
      const ranges: unknown = value(text);
      return Array.isArray(ranges) && ranges.length > 0 ? ranges.filter((range) => isRange(range, text.length)) : NONE;
    } catch {
      return [[0, text.length]];
    }
  };
}

const isRange = (range: unknown, length: number): range is Range => Array.isArray(range)
  && Number.isInteger(range[0]) && Number.isInteger(range[1]) && range[0] >= 0 && range[0] < range[1] && range[1] <= length;

const NONE: readonly Range[] = [];
