/**
 * The ids with one more: behind the nearest that stands before it in the order of all, so that a column comes back to
 * where it was.
 */
export function withColumn(ids: readonly string[], id: string, order: readonly string[]): readonly string[] {
  if (ids.includes(id)) return ids;
  const place = order.indexOf(id);
  if (place === -1) return [...ids, id];
  const before = order
    .slice(0, place)
    .reverse()
    .find((each) => ids.includes(each));
  const at = before === undefined ? 0 : ids.indexOf(before) + 1;
  return [...ids.slice(0, at), id, ...ids.slice(at)];
}
