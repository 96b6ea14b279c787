/**
 * The least that any analysis of all spans costs: one pass over the columns, written by hand, adding up what lies in
 * parents.
 */
export function columnLoops({ columns: { parent, start, end, amounts } }) {
  const covered = new Float64Array(parent.length);
  let reporting = 0;
  for (let index = parent.length - 1; index >= 0; index -= 1) {
    if (amounts[index] !== -1) reporting += 1;
    const above = parent[index];
    if (above !== -1) covered[above] += end[index] - start[index];
  }
  return { covered, reporting };
}
