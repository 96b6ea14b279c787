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

/** Euclidean distance in OKLab, times a hundred. */
function distance(one: Rgb, other: Rgb): number {
  const [a, b] = [one, other].map(([red, green, blue]) => {
    const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ] as const;
  }) as [readonly [number, number, number], readonly [number, number, number]];
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

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
const SERVICES = Array.from({ length: 12 }, (_, place) => `service-${place + 1}`);

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

  it.each([...KINDS, ...SERVICES])('a bar of %s is seen on rows and in the minimap (3 : 1)', (kind) => {
    for (const surface of ['bg-canvas', 'bg-panel', 'bg-hover', 'bg-selected'])
      expect(`${surface} ${contrast(kind, surface) >= 3}`).toBe(`${surface} true`);
  });

  it('services are told apart from each other and from failures by their colours', () => {
    for (const [at, service] of SERVICES.entries())
      for (const other of [...SERVICES.slice(0, at), 'error'])
        expect(`${service} ${other} ${distance(tokens.get(service)!, tokens.get(other)!) >= 7}`).toBe(
          `${service} ${other} true`,
        );
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
