import { TraceInputError } from '../model/diagnostics.ts';
import type { TraceSet } from '../model/types.ts';
import { fetchParts } from './collect/fetchParts.ts';
import type { Around } from './reading.ts';
import { announcedSize, isBytes, isText } from './text/givenBytes.ts';
import { createProgressReport } from './collect/readProgress.ts';
import { createTimeSlices } from '../model/timeSlices.ts';
import type { ParseOptions, TraceInput } from './types.ts';
import { withoutHoles } from '../model/holes.ts';

/**
 * Reads text, bytes (also gzip), files, responses, streams or parsed documents, one or several: spans of one trace id
 * across them form one trace. Rejects with `TraceInputError` where no input can be read at all (`empty-input`,
 * `not-json`, `bad-encoding`, `too-large`, `unknown-format`); what can be repaired, and an unreadable input among
 * readable ones, is reported in `TraceSet.diagnostics`. Long work rests between documents and traces, so that the page
 * stays alive and the signal is heard.
 */
export async function parseTraces(
  input: TraceInput | readonly TraceInput[],
  options: ParseOptions = {},
): Promise<TraceSet> {
  const inputs = isListOfInputs(input) ? withoutHoles(input) : [input];
  const inWorker = options.createWorker
    ? await (await import('./worker/readInWorker.ts')).readInWorker(inputs, options)
    : undefined;
  if (inWorker && 'set' in inWorker) return inWorker.set;
  const { reading, parts, arrival } = await fetchParts(options);
  const { adaptersFor, createDocumentReader, placeOf, readInput, requireFormat } = reading;
  const reader = createDocumentReader(options, parts);
  // A format that is not there is no matter of the input, so it is reported first.
  if (options.format !== undefined) requireFormat(options.format, await adaptersFor(undefined, options));
  const yieldTurn = createTimeSlices({ budget: SLICE, signal: options.signal });
  if (inWorker)
    reader.log.report('read-on-page', {
      message: `The input was read on the page and not in a worker: ${inWorker.reason}.`,
    });
  const failures: TraceInputError[] = [];
  const progress = createProgressReport(options.onProgress, inputs.map(lengthOf), () => reader.entries);
  const around: Around = { options, adaptersFor, yieldTurn, progress };
  for (const [index, one] of inputs.entries()) {
    await yieldTurn();
    if (index > 0) reader.nextInput();
    const [entriesBefore, unknownBefore] = [reader.entries, reader.unknown];
    try {
      await readInput(one, reader, reading, around);
      if (inputs.length > 1 && reader.unknown > unknownBefore && reader.entries === entriesBefore)
        reader.log.report('unknown-format', { message: `Input ${index + 1} is of no known format and was left out.` });
    } catch (error) {
      if (!(error instanceof TraceInputError)) throw error;
      failures.push(error);
      if (inputs.length > 1)
        reader.log.report(error.code, {
          message: `Input ${index + 1} was left out. ${error.message}`,
          ...placeOf(error),
        });
    }
    progress.next();
  }
  if (failures.length === inputs.length) throw failures[0] ?? new TraceInputError('empty-input', 'The input is empty.');
  for (const gathered of reader.gathered) {
    const { adapter } = gathered;
    await yieldTurn();
    reader.readGathered(gathered, 'fetch' in adapter ? await adapter.fetch() : adapter.readAll!);
  }
  if (reader.unread) throw (await import('./formats/unknownFormat.ts')).unknownFormat(reader.unread, options);
  progress.building();
  // Few files have log records: what joins them comes with them.
  const join = reader.logs > 0 ? (await import('./collect/joinLogs.ts')).joinLogs : undefined;
  const building = reader.finish(join);
  let step = building.next();
  for (; !step.done; step = building.next()) await yieldTurn();
  await arrival;
  progress.ready();
  return step.value;
}

/** Milliseconds of reading after which the page gets its turn. */
const SLICE = 20;

/** Bytes that an input announces, of a text its characters; undefined where it announces none. */
function lengthOf(input: TraceInput): number | undefined {
  if (typeof input === 'string') return input.length;
  return isBytes(input) ? announcedSize(input) : undefined;
}

/** A list that holds text or bytes is several inputs; any other list is one document. */
function isListOfInputs(input: TraceInput | readonly TraceInput[]): input is readonly TraceInput[] {
  try {
    return Array.isArray(input) && withoutHoles(input).some(isText);
  } catch {
    return false;
  }
}
