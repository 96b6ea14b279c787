import type { Alignment } from '../match/alignment.ts';
import type { RowTable } from './diffRows.ts';
import type { RankedChange, Speaker } from './speaker.ts';
import { textEquality } from '../signs/textEquality.ts';

/** How the run was set up: what explains many differences at once. Each is told once, with all its rows. */
export function setupChanges(alignment: Alignment, table: RowTable, speaker: Speaker): readonly RankedChange[] {
  const { rows } = table;
  const { a, b } = alignment;
  const list: RankedChange[] = [];
  const pairs = rows.flatMap((row, at) => (row.a !== null && row.b !== null ? [at] : []));

  const model = ({ trace: { columns }, first }: typeof a, node: number): string =>
    columns.strings[columns.model[first + node - 1]!]!;
  const toModel = (row: number): string => `${model(a, table.nodeA[row]!)} → ${model(b, table.nodeB[row]!)}`;
  const models = pairs.filter((row) => rows[row]!.changed.includes('model'));
  for (const group of speaker.grouped(models, toModel)) {
    list.push({
      kind: 'model',
      measure: 'model',
      amount: group.length,
      rows: group,
      rank: 3.5 + share(group, pairs),
      message: `model ${toModel(group[0]!)}${times(group)}`,
    });
  }

  const setUp = (
    field: 'system' | 'tools' | 'parameters',
    kind: string,
    words: (group: readonly number[]) => string,
    rank: number,
  ): void => {
    const isTold = (text: string): boolean => text !== '';
    if (!a.texts[field].some(isTold) && !b.texts[field].some(isTold)) return;
    const textA = (row: number): string => a.texts[field][a.first + table.nodeA[row]! - 1] ?? '';
    const textB = (row: number): string => b.texts[field][b.first + table.nodeB[row]! - 1] ?? '';
    const different = pairs.filter(
      (row) => (textA(row) !== '' || textB(row) !== '') && textEquality(textA(row), textB(row)) === 'different',
    );
    for (const group of speaker.grouped(different, (row) => JSON.stringify([textA(row), textB(row)])).slice(0, 5)) {
      list.push({
        kind,
        measure: 'text',
        amount: group.length,
        rows: group,
        rank: rank + share(group, pairs),
        message: words(group),
      });
    }
  };
  setUp('system', 'system-prompt', (group) => `the system prompt differs in ${speaker.names(group)}`, 3.3);
  setUp('tools', 'tool-definitions', (group) => `other tools, or otherwise described, in ${speaker.names(group)}`, 3.1);
  setUp(
    'parameters',
    'parameters',
    (group) => `${parameterWords(alignment, table, group[0]!)} in ${speaker.names(group)}`,
    3,
  );

  const task = pairs.find((row) => rows[row]!.changed.includes('input'));
  if (task !== undefined && rows[task]!.depth === 0 && isOtherTask(alignment, table, task))
    list.push({
      kind: 'input',
      measure: 'text',
      amount: null,
      rows: [task],
      rank: 2.9,
      message: `${speaker.names([task])} was given another input`,
    });
  return list;
}

/** Whether more differs of what a step was given than the system prompt, which is told for itself. */
function isOtherTask({ a, b }: Alignment, { nodeA, nodeB }: RowTable, row: number): boolean {
  const task = ({ texts, first }: typeof a, node: number): string => {
    const [input, system] = [texts.input[first + node - 1] ?? '', texts.system[first + node - 1] ?? ''];
    return input.startsWith(system) ? input.slice(system.length) : input;
  };
  return textEquality(task(a, nodeA[row]!), task(b, nodeB[row]!)) !== 'equal';
}

const share = (group: readonly number[], of: readonly number[]): number =>
  Math.min(0.15, group.length / (of.length * 4 + 1));
const times = (group: readonly number[]): string => (group.length > 1 ? ` on ${group.length} calls` : '');

/** `temperature 0.2 → 0.9`: the first keys that differ. */
function parameterWords({ a, b }: Alignment, { nodeA, nodeB }: RowTable, row: number): string {
  const from = fields(a.texts.parameters[a.first + nodeA[row]! - 1]);
  const to = fields(b.texts.parameters[b.first + nodeB[row]! - 1]);
  const keys = [...new Set([...from.keys(), ...to.keys()])].filter((key) => from.get(key) !== to.get(key));
  return (
    keys
      .slice(0, 3)
      .map((key) => `${key} ${from.get(key) ?? '—'} → ${to.get(key) ?? '—'}`)
      .join(', ') || 'other parameters'
  );
}

function fields(text: string | undefined): ReadonlyMap<string, string> {
  if (!text) return new Map();
  try {
    return new Map(
      Object.entries(JSON.parse(text) as Record<string, unknown>).map(([key, value]) => [
        key,
        JSON.stringify(value).slice(0, 60),
      ]),
    );
  } catch {
    return new Map();
  }
}
