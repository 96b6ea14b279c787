import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/**
 * Every pair of tokens that meet on screen, by the ratio of WCAG 2 (relative luminance of sRGB). The colours are read
 * from the stylesheet itself, so a token that is changed is checked again.
 */
const css = readFileSync(new URL('../src/styles.css', import.meta.url), 'utf8');

type Rgb = readonly [number, number, number];

/** `--tv-x: light-dark(oklch(…), oklch(…))` as linear sRGB, clamped as browsers clamp what is out of gamut. */
function tokensOf(theme: 'light' | 'dark'): ReadonlyMap<string, Rgb> {
  const tokens = new Map<string, Rgb>();
  for (const [, name, light, dark] of css.matchAll(
    /--tv-([\w-]+):\s*light-dark\(oklch\(([^)/]+)\),\s*oklch\(([^)/]+)\)\)/g,
  )) {
    if (!tokens.has(name!))
      tokens.set(name!, linear((theme === 'light' ? light! : dark!).trim().split(/\s+/).map(Number) as unknown as Rgb));
  }
  return tokens;
}

/** OKLCH to linear sRGB (Ottosson 2020, "A perceptual color space for image processing"). */
function linear([lightness, chroma, hue]: Rgb): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  return [
    clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const luminance = ([red, green, blue]: Rgb): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
const ratio = (one: Rgb, other: Rgb): number => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

const SURFACES = ['bg-canvas', 'bg-panel', 'bg-raised', 'bg-inset', 'bg-hover', 'bg-selected'];
const TEXTS = [
  'text-1',
  'text-2',
  'text-3',
  'accent',
  'error',
  'warn',
  'ok',
  'diff-added',
  'diff-removed',
  'diff-moved',
];
/**
 * Lines and fills that carry meaning. Bars stand on canvas, hover and selected rows, and in the minimap on the panel.
 */
const KINDS = [
  'llm',
  'agent',
  'tool',
  'retriever',
  'reranker',
  'embedding',
  'prompt',
  'guardrail',
  'evaluator',
  'chain',
  'http',
  'db',
  'span',
].map((kind) => `kind-${kind}`);

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const tokens = tokensOf(theme);
  const contrast = (one: string, other: string): number => ratio(tokens.get(one)!, tokens.get(other)!);

  it('has all tokens that are checked', () => {
    for (const name of [
      ...SURFACES,
      ...TEXTS,
      ...KINDS,
      'focus',
      'line-control',
      'critical',
      'bg-match',
      'error-soft',
      'warn-soft',
      'ok-soft',
      'accent-soft',
    ])
      expect([...tokens.keys()]).toContain(name);
  });

  it.each(TEXTS)('%s reads on every surface (4.5 : 1)', (text) => {
    for (const surface of SURFACES) expect(`${surface} ${contrast(text, surface) >= 4.5}`).toBe(`${surface} true`);
  });

  it.each(['focus', 'line-control', 'critical'])('%s is seen on every surface (3 : 1)', (line) => {
    for (const surface of SURFACES) expect(`${surface} ${contrast(line, surface) >= 3}`).toBe(`${surface} true`);
  });

  it.each(KINDS)('a bar of %s is seen on rows and in the minimap (3 : 1)', (kind) => {
    for (const surface of ['bg-canvas', 'bg-panel', 'bg-hover', 'bg-selected'])
      expect(`${surface} ${contrast(kind, surface) >= 3}`).toBe(`${surface} true`);
  });

  it('text reads on matches, and status words on their own pills', () => {
    for (const [text, surface] of [
      ['text-1', 'bg-match'],
      ['error', 'error-soft'],
      ['warn', 'warn-soft'],
      ['ok', 'ok-soft'],
      ['text-1', 'accent-soft'],
    ] as const)
      expect(`${text} on ${surface} ${contrast(text, surface) >= 4.5}`).toBe(`${text} on ${surface} true`);
  });
});

it('reckons as the specification does', () => {
  expect(ratio(linear([1, 0, 0]), linear([0, 0, 0]))).toBeCloseTo(21, 1);
  // #777 on white is the known 4.48 : 1 that just fails.
  expect(ratio(linear([0.5693, 0, 0]), linear([1, 0, 0]))).toBeCloseTo(4.48, 1);
});
