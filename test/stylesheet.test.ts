import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** The stylesheet and the parts, held against each other: nothing is named that is not there, nothing kept for nobody. */
const src = fileURLToPath(new URL('../src/', import.meta.url));
const css = readFileSync(join(src, 'styles.css'), 'utf8');
const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(join(src, file), 'utf8'))
  .join('\n');

const found = (text: string, pattern: RegExp): ReadonlySet<string> =>
  new Set(Array.from(text.matchAll(pattern), ([, name]) => name!));

const TOKENS = found(css, /(--tv-[\w-]+)\s*:/g);

/** Scales are kept whole, and the colours of a comparison are one set with the rest. */
const KEPT = /^--tv-(?:space-\d|diff-|row-diff)/;

it('every property that is used is given, by the stylesheet or by a part', () => {
  const given = new Set([...TOKENS, ...found(code, /['"`](--tv-[\w-]+)/g)]);
  expect(
    [...found(css + code, /var\((--tv-[\w-]+)/g)].filter((name) => !name.endsWith('-') && !given.has(name)),
  ).toEqual([]);
});

it('every property that is given is used', () => {
  const used = new Set([...found(css + code, /var\(\s*(--tv-[\w-]+)/g), ...found(code, /['"`](--tv-[\w-]+)/g)]);
  expect([...TOKENS].filter((name) => !used.has(name) && !KEPT.test(name))).toEqual([]);
});

it('every class that has a style stands in a part', () => {
  const classes = found(css, /\.(tv-[\w-]+)/g);
  expect(classes.size).toBeGreaterThan(100);
  const written = found(code, /\b(tv-[\w-]+)/g);
  expect([...classes].filter((name) => !written.has(name))).toEqual([]);
});
