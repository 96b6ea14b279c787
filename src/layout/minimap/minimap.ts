import { ownTimeByService, SERVICE_COLORS, serviceColor } from '../../analysis/time/ownTimeByService.ts';
import { atOnce, type Steps } from '../../analysis/steps.ts';
import { isStep } from '../../model/build/steps.ts';
import { ERROR_STATUS } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';
import { createColumnSums, type ColumnSums } from './columnSums.ts';
import { minimapLanes } from './minimapLanes.ts';
import { endOf } from '../../model/endOf.ts';
import { placed } from '../time/stepPlaces.ts';
import { fitWindow, LINEAR, timeScale } from '../time/timeScale.ts';

/** What is in `Minimap.ink` where a span failed. */
export const FAILED_INK = 255;

/**
 * All spans of a trace on a small grid: columns are stretches of time, lanes as `minimapLanes` says. Places are `lane *
 * columns + column`.
 */
export interface Minimap {
  readonly columns: number;
  readonly lanes: number;
  /** What there is ink of: kinds, or colours of services by number, with plain spans before them. */
  readonly palette: readonly string[];
  readonly colorBy: 'kind' | 'service';
  /**
   * 0 = nothing, else a place in `palette` plus one, or `FAILED_INK`. The kind that most of the place's time belongs
   * to, work before waiting; a failure before all.
   */
  readonly ink: Uint8Array;
  /** 1 where a span of that ink works itself, 0 where it waits for the spans below it. */
  readonly working: Uint8Array;
  /** By column, 1 where a span ended in failure. */
  readonly failures: Uint8Array;
}

/**
 * Each kind costs a row of sums per lane. A host may make up 200 kinds; those beyond the first are drawn as plain
 * spans.
 */
const KINDS_AT_MOST = 30;
/** Own stretches of a parent narrower than this are left out: they turn parents into noise. */
const SMALLEST_OWN = 2;

/**
 * Draws a trace in one pass over its spans, whatever their number and length. Every span leaves ink in each column that
 * it touches.
 */
export const minimap = (...of: Parameters<typeof minimapInSteps>): Minimap => atOnce(minimapInSteps(...of));

/** The same in slices. */
export function* minimapInSteps(
  trace: Trace,
  columns: number,
  mostLanes: number,
  axis = LINEAR,
  colorBy: Minimap['colorBy'] = 'kind',
  bounds = fitWindow(trace, axis),
): Steps<Minimap> {
  const places = placed(trace);
  const { parent, start, status } = places.columns;
  const scale = timeScale(bounds, columns, axis);
  const { x } = scale;
  const { count: lanes, of: laneOf } = yield* minimapLanes(trace, mostLanes);
  const { palette, slotAt } = colorBy === 'kind' ? kindsOf(trace) : servicesOf(trace);
  const slots = palette.length + 1;
  const present = createColumnSums(lanes * slots, scale);
  const work = createColumnSums(lanes * slots, scale);
  const failures = new Uint8Array(columns);
  /** By span, up to when its own stretches are drawn: the last end of its children so far. */
  const drawnUntil = new Float64Array(trace.spanCount);
  const rowOf = (index: number): number =>
    laneOf[index]! * slots + (status[index] === ERROR_STATUS ? palette.length : slotAt(index));

  // Children come after their parent and in order of start, so each ends what its parent did alone until then.
  for (let index = 0; index < drawnUntil.length; index += 1) {
    if (isStep(index)) yield;
    const begin = start[index]!;
    const finish = endOf(places, index);
    drawnUntil[index] = begin;
    present.add(rowOf(index), begin, finish);
    if (status[index] === ERROR_STATUS) failures[Math.min(Math.max(Math.floor(x(finish)), 0), columns - 1)] = 1;
    const above = parent[index]!;
    if (above === -1) continue;
    const until = Math.min(begin, endOf(places, above));
    if (x(until) - x(drawnUntil[above]!) >= SMALLEST_OWN) work.add(rowOf(above), drawnUntil[above]!, until);
    if (finish > drawnUntil[above]!) drawnUntil[above] = finish;
  }
  for (let index = 0; index < drawnUntil.length; index += 1) {
    if (isStep(index)) yield;
    const finish = endOf(places, index);
    const isLeaf = index + 1 >= drawnUntil.length || parent[index + 1] !== index;
    if (isLeaf || x(finish) - x(drawnUntil[index]!) >= SMALLEST_OWN) work.add(rowOf(index), drawnUntil[index]!, finish);
  }
  return {
    columns,
    lanes,
    palette,
    colorBy,
    failures,
    ...(yield* settle(present, work, lanes, columns, palette.length)),
  };
}

/** Chooses the ink of each place. */
function* settle(
  present: ColumnSums,
  work: ColumnSums,
  lanes: number,
  columns: number,
  kinds: number,
): Steps<Pick<Minimap, 'ink' | 'working'>> {
  const ink = new Uint8Array(lanes * columns);
  const working = new Uint8Array(lanes * columns);
  for (let lane = 0; lane < lanes; lane += 1) {
    yield;
    const row = lane * (kinds + 1);
    // Work goes second, so that it covers waiting, however long the wait.
    [present, work].forEach((sums, works) => {
      const most = new Float64Array(columns);
      for (let slot = 0; slot < kinds; slot += 1) {
        sums.each(row + slot, (column, sum) => {
          if (sum <= most[column]!) return;
          most[column] = sum;
          ink[lane * columns + column] = slot + 1;
          working[lane * columns + column] = works;
        });
      }
    });
    [present, work].forEach((sums, works) =>
      sums.each(row + kinds, (column) => {
        ink[lane * columns + column] = FAILED_INK;
        working[lane * columns + column] = works;
      }),
    );
  }
  return { ink, working };
}

interface Palette {
  readonly palette: readonly string[];
  /** The place of a span's colour in it. */
  slotAt(index: number): number;
}

/** The kinds that there are, plain spans first. */
function kindsOf({ columns: { kind, kinds } }: Trace): Palette {
  const slotOf = new Uint8Array(kinds.length);
  const seen = new Uint8Array(kinds.length);
  for (let index = 0; index < kind.length; index += 1) seen[kind[index]!] = 1;
  const palette: string[] = ['span'];
  for (let code = 1; code < kinds.length && palette.length < KINDS_AT_MOST; code += 1)
    if (seen[code] === 1) slotOf[code] = palette.push(kinds[code]!) - 1;
  return { palette, slotAt: (index) => slotOf[kind[index]!]! };
}

function servicesOf(trace: Trace): Palette {
  const count = Math.min(ownTimeByService(trace).length, SERVICE_COLORS);
  return {
    palette: Array.from({ length: count + 1 }, (_, color) => (color === 0 ? 'span' : String(color))),
    slotAt: (index) => serviceColor(trace, index),
  };
}
