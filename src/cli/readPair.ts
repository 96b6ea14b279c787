import { statSync } from 'node:fs';
import type { Trace, TraceSet } from '../model/types.ts';
import type { Redaction } from '../redact/createRedaction.ts';
import { oneLine } from './drawTree.ts';
import { readInputs, redactionOf, type ReadValues } from './readInputs.ts';

/** One of two traces that are compared. */
export interface PairSide {
  readonly file: string;
  readonly trace: Trace;
  /** How many other traces of the file it was chosen from, where none was named. */
  readonly others: number;
  /** What was read of its file, with this trace alone. */
  readonly set: TraceSet;
}

/** Reads the two traces of a comparison. Rejects where there are not two files, or one holds no such trace. */
export async function readPair(
  command: string,
  [a, b, ...more]: readonly string[],
  values: ReadValues,
): Promise<readonly [PairSide, PairSide]> {
  if (a === undefined || b === undefined || more.length > 0)
    throw new Error(`${command} takes two files: the one before and the one after; - is standard input`);
  const [sideA, sideB] = [sideOf(a), sideOf(b)];
  if (sideA.file === '-' && sideB.file === '-') throw new Error('only one of the two can be standard input');
  const redaction = redactionOf(values);
  // Standard input can be read only once, so it comes last.
  const [first, last] = sideA.file === '-' ? [sideB, sideA] : [sideA, sideB];
  let readFirst = await readSide(first, values, redaction);
  const known = redaction?.size();
  const readLast = await readSide(last, values, redaction);
  // What only one of them gives away is to be masked in both.
  if (redaction?.size() !== known) readFirst = await readSide(first, values, redaction);
  const pair = first === sideA ? ([readFirst, readLast] as const) : ([readLast, readFirst] as const);
  for (const { file, trace, others } of pair)
    if (others > 0)
      process.stderr.write(
        `${oneLine(file)}: the largest of ${others + 1} traces, ${oneLine(trace.name || trace.traceId)}; ` +
          `${oneLine(file)}#TRACE-ID chooses another\n`,
      );
  return pair;
}

interface Named {
  readonly file: string;
  readonly traceId: string | null;
}

/** `FILE#traceId`, unless a file has just that name. */
export function sideOf(word: string): Named {
  const cut = word.lastIndexOf('#');
  return cut < 1 || statSync(word, { throwIfNoEntry: false })
    ? { file: word, traceId: null }
    : { file: word.slice(0, cut), traceId: word.slice(cut + 1) };
}

/** The trace that is named, else the largest one. */
async function readSide(
  { file, traceId }: Named,
  values: ReadValues,
  redaction: Redaction | undefined,
): Promise<PairSide> {
  const set = await readInputs([file], values, redaction);
  const { traces } = set;
  const [largest] = [...traces].sort((x, y) => y.spanCount - x.spanCount);
  if (!largest) throw new Error(`${file} holds no spans`);
  const trace = traceId === null ? largest : traces.find((each) => each.traceId === traceId);
  if (!trace) throw new Error(`${file} holds no trace “${traceId}” but ${idsOf(traces)}`);
  const others = traceId === null ? traces.length - 1 : 0;
  return { file, trace, others, set: { ...set, traces: [trace] } };
}

const idsOf = (traces: readonly Trace[]): string => {
  const few = traces.slice(0, 3).map(({ traceId }) => oneLine(traceId));
  return `${few.join(', ')}${traces.length > few.length ? ` and ${traces.length - few.length} more` : ''}`;
};
