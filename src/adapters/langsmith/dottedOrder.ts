import { textOf } from '../../model/attributes.ts';

/** What a `dotted_order` holds of its run. */
export interface DottedOrder {
  readonly id: string;
  readonly traceId: string;
  /** Null = it is the root. */
  readonly parentId: string | null;
  /** ISO 8601, UTC, as fine as recorded (3 or 6 decimals). */
  readonly start: string;
}

const SEGMENT = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{0,9})Z(.+)$/;

/**
 * Reads `20240610T061320000001Z<id>.20240610T061320100002Z<id>…`, the path from the root to the run (langsmith-sdk,
 * run_trees): start in UTC and id of each, joined by dots. Null for anything else. Only the ends are cut off, for paths
 * are as long as traces are deep.
 */
export function readDottedOrder(value: unknown): DottedOrder | null {
  const path = textOf(value)?.trim();
  if (path === undefined) return null;
  const last = path.lastIndexOf('.');
  const own = SEGMENT.exec(path.slice(last + 1));
  if (!own) return null;
  const [, year, month, day, hour, minute, second, fraction, id] = own as unknown as readonly string[];
  const first = last === -1 ? own : SEGMENT.exec(path.slice(0, path.indexOf('.')));
  const parent = last === -1 ? null : SEGMENT.exec(path.slice(path.lastIndexOf('.', last - 1) + 1, last));
  return {
    id: id!,
    traceId: first?.[8] ?? id!,
    parentId: parent?.[8] ?? null,
    start: `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction === '' ? '' : `.${fraction}`}Z`,
  };
}
