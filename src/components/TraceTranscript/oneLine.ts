import { toJson } from '../../conventions/toJson.ts';
import { firstLines } from '../SpanDetail/values/firstLines.ts';

/** Letters of a value that is told in one line. */
const LINES = 2;

/** The beginning of a value in one line; '' where there is none. A mark of masking is never cut. */
export function oneLine(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value.trimStart() : toJson(value);
  // Long lines are cut as lines are.
  const flat = text.slice(0, 2000).replaceAll(/\s+/g, ' ').trim();
  const end = firstLines(flat, LINES);
  return end < flat.length || text.length > 2000 ? `${flat.slice(0, end)}…` : flat;
}
