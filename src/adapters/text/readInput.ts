import { hasRules } from '../../redact/checkRules.ts';
import type { TraceInputError } from '../../model/diagnostics.ts';
import type { DocumentReader } from '../collect/readDocuments.ts';
import type { Around, staysBytes, textUnlessRead } from '../reading.ts';
import type { TraceInput } from '../types.ts';
import { jsonBody, parseJson } from './jsonBody.ts';
import { isText } from './givenBytes.ts';
import { readText } from './readText.ts';
import type { TextDocument } from './splitDocuments.ts';

/** Reads one input, of whatever sort. Throws `TraceInputError` where nothing in it can be read. */
export async function readInput(
  input: TraceInput,
  reader: DocumentReader,
  how: { readonly staysBytes: typeof staysBytes; readonly textUnlessRead: typeof textUnlessRead },
  around: Around,
): Promise<void> {
  const { options, adaptersFor, yieldTurn, progress } = around;
  if (isText(input)) {
    const given = await readText(input, options, reader.log, progress.arrived, how.staysBytes(options));
    progress.parsed(0);
    await yieldTurn();
    const text = typeof given === 'string' ? given : await how.textUnlessRead(given, reader, around);
    if (text !== null) await readDocuments(text, reader, around);
  } else {
    const adapters = await adaptersFor(input, options);
    await reader.read(input, adapters);
  }
}

/** Reads the documents of a text one by one, so that only one is held beside what was read. */
async function readDocuments(
  text: string,
  reader: DocumentReader,
  { options, adaptersFor, yieldTurn, progress }: Around,
): Promise<void> {
  const before = reader.entries;
  const body = jsonBody(text);
  const whole = parseJson(body.body);
  // Most texts are one document: what takes others apart is fetched when such a one comes.
  const onCut = (): void =>
    reader.log.report('truncated-json', { message: 'The table ends inside a quoted cell; its last row is not whole.' });
  const table = whole || /^\s*[[{]/.test(text) ? null : (await import('../table/readCsv.ts')).readCsv(text, onCut);
  const documents: Iterable<TextDocument> =
    whole || table
      ? [whole ?? { document: table! }]
      : (await import('./splitDocuments.ts')).splitDocuments(text, body, reader.log, hasRules(options.redact));
  for (const { document, line, damaged, cut, end = text.length } of documents) {
    const named = adaptersFor(document, options);
    const adapters = named instanceof Promise ? await named : named;
    const faults = { damaged, incomplete: cut?.incomplete };
    const fetching = reader.read(document, adapters, line, faults);
    if (fetching) await fetching;
    if (cut) {
      if (reader.entries === before) throw cut.error;
      reader.log.report('truncated-json', { message: cut.message, ...placeOf(cut.error) });
    }
    const pause = yieldTurn();
    if (!pause) continue;
    progress.parsed(end / text.length);
    await pause;
  }
}

/** Where in the input an error was met. */
export const placeOf = ({ line, position }: TraceInputError) => ({
  ...(line === undefined ? {} : { line }),
  ...(position === undefined ? {} : { position }),
});
