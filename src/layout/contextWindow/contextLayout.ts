import type { ContextCall, ContextSection } from '../../analysis/contextWindow/types.ts';

/** What is measured: tokens, or characters where no call records tokens. */
export type ContextUnit = 'tokens' | 'characters';

export interface ContextScale {
  readonly unit: ContextUnit;
  /** Where the picture ends upwards. */
  readonly top: number;
  /** The lowest limit of the calls' models; null = none is known. */
  readonly limit: number | null;
  /** Whether it is near enough to be drawn. */
  readonly limitIsShown: boolean;
}

/** A limit further up than this would leave what is drawn flat. */
const NEAR = 3;
const ROOM = 1.06;

/** How high the window of these calls is drawn. */
export function contextScale(calls: readonly ContextCall[]): ContextScale {
  const unit = calls.some(({ input }) => input !== null) ? 'tokens' : 'characters';
  let highest = 1;
  let limit: number | null = null;
  for (const call of calls) {
    highest = Math.max(highest, heightOf(call, unit));
    if (call.limit !== null && (limit === null || call.limit < limit)) limit = call.limit;
  }
  const limitIsShown = unit === 'tokens' && limit !== null && limit <= highest * NEAR;
  return { unit, top: (limitIsShown ? Math.max(highest, limit!) : highest) * ROOM, limit, limitIsShown };
}

/** From 0 … `top` to pixels; `range` says which. */
export function linearScale(
  top: number,
  [from, to]: readonly [number, number],
): ((value: number) => number) & { range(): readonly [number, number] } {
  return Object.assign((value: number) => from + (value / top) * (to - from), { range: () => [from, to] as const });
}

/** At most six round numbers from 0 up. */
export function roundTicks(top: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(Math.max(top, 1) / 5));
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((each) => each * power).find((each) => top / each <= 5.5)!,
  );
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, place) => place * step);
}

/** How much of a section is drawn; 0 where it is unknown. */
export const sizeIn = (unit: ContextUnit, { sections }: ContextCall, section: ContextSection): number =>
  sections[section][unit] ?? 0;

function heightOf({ sections }: ContextCall, unit: ContextUnit): number {
  let sum = 0;
  for (const section of Object.values(sections)) sum += section[unit] ?? 0;
  return sum;
}

/** A prompt from its beginning to its end, in shares that add up to 1. */
export interface CacheParts {
  /** Read from the cache, as recorded. */
  readonly read: number;
  /** The same as before; whether it was read is not recorded. */
  readonly same: number;
  /** Sent before and paid for again. */
  readonly lost: number;
  /** New, or unknown. */
  readonly fresh: number;
}

/** What became of the parts of a prompt; null where its tokens are not recorded. */
export function cacheParts({ input, cache }: ContextCall): CacheParts | null {
  if (input === null || input <= 0) return null;
  const share = (tokens: number, left: number): number => Math.min(Math.max(tokens / input, 0), left);
  const read = share(cache.read ?? 0, 1);
  const same = cache.read === null ? share(cache.shared ?? 0, 1 - read) : 0;
  const lost = share(cache.lost ?? 0, 1 - read - same);
  return { read, same, lost, fresh: Math.max(0, 1 - read - same - lost) };
}

export interface MapSize {
  /** Width of a call, and of the room between two. */
  readonly band: number;
  readonly gap: number;
  readonly height: number;
  /** How far above the map the middle of the marks is. */
  readonly above: number;
}

/** The map of the cache as paths: all columns of a part in one, all marks of changed and of unread prompts in another. */
export function cachePaths(
  calls: readonly ContextCall[],
  { band, gap, height, above }: MapSize,
): {
  readonly columns: Readonly<Record<keyof CacheParts | 'unknown', string>>;
  readonly marks: Readonly<Record<'broken' | 'missed', string>>;
} {
  const columns = { read: '', same: '', lost: '', fresh: '', unknown: '' };
  const marks = { broken: '', missed: '' };
  const width = tenths(band - gap);
  for (const [place, call] of calls.entries()) {
    const left = tenths(place * band + gap / 2);
    const parts = cacheParts(call);
    let top = 0;
    for (const part of PARTS) {
      const tall = (parts?.[part] ?? 0) * height;
      if (tall > 0) columns[part] += `M${left} ${tenths(top)}h${width}v${tenths(Math.max(tall, 0.5))}h-${width}z`;
      top += tall;
    }
    if (!parts) columns.unknown += `M${left} 0h${width}v${height}h-${width}z`;
    if (call.cache.cause === null) continue;
    const middle = tenths((place + 0.5) * band);
    if (call.cache.state === 'missed')
      marks.missed += `M${middle - 3.5} ${-above}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z`;
    else marks.broken += `M${middle} ${4.2 - above}l4.6-7.8h-9.2z`;
  }
  return { columns, marks };
}

const PARTS = ['read', 'same', 'lost', 'fresh'] as const;

const tenths = (pixels: number): number => Math.round(pixels * 10) / 10;
