import { statSync } from 'node:fs';
import type { Trace, TraceSet } from '../model/types.ts';
import { oneLine } from './drawTree.ts';
import { readInputs, type ReadValues } from './readInputs.ts';

/** One of two traces that are compared. */
export interface PairSide {
  readonly file: string;
  readonly trace: Trace;
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
  return [await readSide(sideA, values), await readSide(sideB, values)];
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

/** The trace that is named, else the largest one, which is said where there are several. */
async function readSide({ file, traceId }: Named, values: ReadValues): Promise<PairSide> {
  const set = await readInputs([file], values);
  const { traces } = set;
  const [largest] = [...traces].sort((x, y) => y.spanCount - x.spanCount);
  if (!largest) throw new Error(`${file} holds no spans`);
  const trace = traceId === null ? largest : traces.find((each) => each.traceId === traceId);
  if (!trace) throw new Error(`${file} holds no trace “${traceId}” but ${idsOf(traces)}`);
  if (traceId === null && traces.length > 1)
    process.stderr.write(
      `${oneLine(file)}: the largest of ${traces.length} traces, ${oneLine(trace.name || trace.traceId)}; ` +
        `${oneLine(file)}#traceId chooses another\n`,
    );
  return { file, trace, set: { ...set, traces: [trace] } };
}

const idsOf = (traces: readonly Trace[]): string => {
  const few = traces.slice(0, 3).map(({ traceId }) => oneLine(traceId));
  return `${few.join(', ')}${traces.length > few.length ? ` and ${traces.length - few.length} more` : ''}`;
};
