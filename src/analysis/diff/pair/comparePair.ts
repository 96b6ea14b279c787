import type { Document, Score, Span, SpanContent, Trace } from '../../../model/types.ts';
import { delta } from '../result/deltas.ts';
import { inputText, outputText } from '../signs/recordedTexts.ts';
import type { Delta, TraceDiffResult } from '../types.ts';
import { compareMessages } from './compareMessages.ts';
import { compareTexts } from './compareTexts.ts';
import { compareValues } from './compareValues.ts';
import type { DocumentComparison, PairComparison, PairOptions, TextComparison, ValueChange } from './types.ts';
import { createVolatility } from './volatileAttributes.ts';

/**
 * All that differs between the two spans of a row, as plain data: messages as a list, texts word by word, JSON by path,
 * parameters, tools, documents with their ranks, model, attributes, scores. `a` and `b` are the traces of the diff.
 * Contents come through the gate; one that cannot be had is told in `notes`. Rejects with a RangeError where there is
 * no such row, and with the reason of `signal` when that is aborted.
 */
export async function comparePair(
  diff: TraceDiffResult,
  row: number,
  a: Trace,
  b: Trace,
  { ignoreAttributes = [], signal }: PairOptions = {},
): Promise<PairComparison> {
  const found = diff.rows[row];
  if (!found) throw new RangeError(`no row ${row} in a diff of ${diff.rows.length}`);
  const notes: string[] = [];
  const spanA = found.a === null ? undefined : a.find(found.a);
  const spanB = found.b === null ? undefined : b.find(found.b);
  const [from, to] = [await contentOf(spanA, notes), await contentOf(spanB, notes)];
  const isVolatile = createVolatility(ignoreAttributes);
  signal?.throwIfAborted();
  const texts = (left: string | null, right: string | null): Promise<TextComparison | null> => {
    signal?.throwIfAborted();
    return textsOf(left, right);
  };
  const hasMessages = from?.messages || to?.messages;
  const hasDocuments = from?.documents || to?.documents;
  return {
    messages: hasMessages
      ? {
          input: await compareMessages(from?.messages?.input ?? [], to?.messages?.input ?? [], signal),
          output: await compareMessages(from?.messages?.output ?? [], to?.messages?.output ?? [], signal),
        }
      : null,
    input: await texts(from && inputText(from), to && inputText(to)),
    output: await texts(from && outputText(from), to && outputText(to)),
    model: facts(spanA?.model, spanB?.model),
    status: {
      ...facts(spanA?.status, spanB?.status),
      message: await texts(spanA?.statusMessage ?? '', spanB?.statusMessage ?? ''),
    },
    parameters: compareValues(from?.parameters ?? {}, to?.parameters ?? {}),
    toolDefinitions: compareValues(from?.toolDefinitions ?? [], to?.toolDefinitions ?? []),
    toolArguments: compareValues(from?.tool?.arguments, to?.tool?.arguments),
    toolResult: compareValues(from?.tool?.result, to?.tool?.result),
    documents: hasDocuments
      ? {
          input: documents(from?.documents?.input ?? [], to?.documents?.input ?? []),
          output: documents(from?.documents?.output ?? [], to?.documents?.output ?? []),
        }
      : null,
    attributes: attributes(from, to, isVolatile),
    scores: scores(spanA?.scores ?? [], spanB?.scores ?? []),
    notes,
  };
}

async function contentOf(span: Span | undefined, notes: string[]): Promise<SpanContent | null> {
  if (!span) return null;
  try {
    return await span.content();
  } catch {
    notes.push(`the content of ${span.key} cannot be had`);
    return null;
  }
}

async function textsOf(a: string | null, b: string | null): Promise<TextComparison | null> {
  return (a ?? '') === '' && (b ?? '') === '' ? null : compareTexts(a ?? '', b ?? '');
}

const facts = (a: string | null | undefined, b: string | null | undefined): PairComparison['model'] => ({
  a: a ?? null,
  b: b ?? null,
  changed: (a ?? null) !== (b ?? null),
});

/** By id, or by what they say where they have none. */
function documents(a: readonly Document[], b: readonly Document[]): readonly DocumentComparison[] {
  const nameOf = ({ id, content }: Document): string => id ?? content ?? '';
  const ranks = (list: readonly Document[]): ReadonlyMap<string, number> =>
    new Map(list.map((document, at) => [nameOf(document), at]));
  const [inA, inB] = [ranks(a), ranks(b)];
  const names = [...inB.keys(), ...Array.from(inA.keys()).filter((name) => !inB.has(name))];
  return names.map((name) => {
    const [atA, atB] = [inA.get(name) ?? null, inB.get(name) ?? null];
    const [from, to] = [atA === null ? null : a[atA]!, atB === null ? null : b[atB]!];
    const rank: Delta = delta(atA === null ? null : atA + 1, atB === null ? null : atB + 1);
    const isSame =
      from !== null && to !== null && atA === atB && from.content === to.content && from.score === to.score;
    const single = from === null ? 'added' : 'removed';
    const paired = isSame ? 'same' : 'changed';
    return {
      op: from && to ? paired : single,
      id: (to ?? from)!.id ?? null,
      rank,
      score: delta(from?.score ?? null, to?.score ?? null),
    };
  });
}

function attributes(
  from: SpanContent | null,
  to: SpanContent | null,
  isVolatile: (key: string) => boolean,
): readonly ValueChange[] {
  const plain = (content: SpanContent | null): Readonly<Record<string, unknown>> =>
    Object.fromEntries(Array.from(content?.attributes ?? []).filter(([key]) => !isVolatile(key)));
  return compareValues(plain(from), plain(to));
}

/** The last score of a name counts. */
function scores(a: readonly Score[], b: readonly Score[]): PairComparison['scores'] {
  const byName = (list: readonly Score[]): ReadonlyMap<string, Score> =>
    new Map(list.map((score) => [score.name, score]));
  const [inA, inB] = [byName(a), byName(b)];
  return Object.fromEntries(
    Array.from(new Set([...inA.keys(), ...inB.keys()]), (name) => [
      name,
      {
        ...delta(inA.get(name)?.value ?? null, inB.get(name)?.value ?? null),
        labels: [inA.get(name)?.label ?? null, inB.get(name)?.label ?? null] as const,
      },
    ]),
  );
}
