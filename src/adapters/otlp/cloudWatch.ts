import { isObject, type Fields } from '../../conventions/json.ts';
import { withoutHoles } from '../../model/holes.ts';
import { parseJson } from '../text/jsonBody.ts';

/**
 * The records in an answer of AWS CloudWatch Logs, in which each is JSON text; undefined where it is none:
 *
 *     { events: [{ message }] }                          filter-log-events, get-log-events
 *     { results: [[{ field: '@message', value }]] }      get-query-results of Logs Insights
 */
export function cloudWatchTexts(answer: Fields): readonly string[] | undefined {
  const { events, results } = answer;
  const texts = Array.isArray(events) ? withoutHoles(events).map(messageOf) : rowsOf(results);
  const found = texts?.filter((text): text is string => typeof text === 'string' && /^\s*\{/.test(text));
  return found && found.length > 0 ? found : undefined;
}

const messageOf = (event: unknown): unknown => (isObject(event) ? event['message'] : undefined);

const rowsOf = (results: unknown): readonly unknown[] | undefined =>
  Array.isArray(results)
    ? withoutHoles(results).flatMap((row: unknown) =>
        Array.isArray(row)
          ? row.flatMap((cell: unknown) => (isObject(cell) && cell['field'] === '@message' ? [cell['value']] : []))
          : [],
      )
    : undefined;

/** The record in such a text; undefined where it is no JSON. */
export const cloudWatchRecord = (text: string): unknown => parseJson(text)?.document;
