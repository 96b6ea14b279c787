import claimBase from '../test/fixtures/otlp/pair-claim-base.otlp.jsonl?raw';
import claimModel from '../test/fixtures/otlp/pair-claim-model.otlp.jsonl?raw';
import claimPrompt from '../test/fixtures/otlp/pair-claim-prompt.otlp.jsonl?raw';
import claimRounds from '../test/fixtures/otlp/pair-claim-rounds.otlp.jsonl?raw';
import claimTool from '../test/fixtures/otlp/pair-claim-tool.otlp.jsonl?raw';
import digestBase from '../test/fixtures/otlp/pair-digest-base.otlp.jsonl?raw';
import digestModel from '../test/fixtures/otlp/pair-digest-model.otlp.jsonl?raw';
import digestPrompt from '../test/fixtures/otlp/pair-digest-prompt.otlp.jsonl?raw';
import digestTool from '../test/fixtures/otlp/pair-digest-tool.otlp.jsonl?raw';
import { diffTraces, readTraces, type ReadOptions, type Trace, type TraceDiffResult } from '../src/index.ts';

/** The same agents recorded again with one thing changed; `test/fixtures/record/pairs` says what. */
export const pairs = {
  claimBase,
  claimModel,
  claimPrompt,
  claimRounds,
  claimTool,
  digestBase,
  digestModel,
  digestPrompt,
  digestTool,
};

export interface ComparedPair {
  readonly a: Trace;
  readonly b: Trace;
  readonly diff: TraceDiffResult;
}

/** Two recordings, read and compared. */
export function compared(a: keyof typeof pairs, b: keyof typeof pairs, options?: ReadOptions): ComparedPair {
  const [from, to] = [read(pairs[a], options), read(pairs[b], options)];
  return { a: from, b: to, diff: diffTraces(from, to) };
}

const read = (lines: string, options?: ReadOptions): Trace =>
  readTraces(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
    options,
  ).traces[0]!;

type Attributes = Readonly<Record<string, string | number>>;

/** A trace of one span, drawn where no recording has what a story is about. */
export function drawSpan(side: 'a' | 'b', name: string, attributes: Attributes, options?: ReadOptions): Trace {
  const span = {
    traceId: side.repeat(32),
    spanId: side.repeat(16),
    name,
    startTimeUnixNano: '1764246000000000000',
    endTimeUnixNano: side === 'a' ? '1764246000480000000' : '1764246001210000000',
    attributes: Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? { stringValue: value } : { doubleValue: value },
    })),
  };
  return readTraces({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }, options).traces[0]!;
}

/** What a retriever found, as OpenInference writes it. */
const retrieval = (
  query: string,
  documents: readonly (readonly [id: string, score: number, content: string])[],
): Attributes => ({
  'openinference.span.kind': 'RETRIEVER',
  'input.value': query,
  ...Object.fromEntries(
    documents.flatMap(([id, score, content], at) => [
      [`retrieval.documents.${at}.document.id`, id],
      [`retrieval.documents.${at}.document.score`, score],
      [`retrieval.documents.${at}.document.content`, content],
    ]),
  ),
});

const pairOf = (a: Trace, b: Trace): ComparedPair => ({ a, b, diff: diffTraces(a, b) });

/** A search that finds other documents, in another order. */
export const drawnDocuments = (): ComparedPair =>
  pairOf(
    drawSpan(
      'a',
      'search_help_center',
      retrieval('refund charged twice', [
        ['refund-policy.md', 0.91, 'Refunds go to the card that was charged.'],
        ['duplicate-charges.md', 0.87, 'A charge that appears twice is paid back within five days.'],
        ['billing-faq.md', 0.8, 'Invoices are sent on the first of the month.'],
        ['shipping-delays.md', 0.62, 'Parcels may be late in December.'],
      ]),
    ),
    drawSpan(
      'b',
      'search_help_center',
      retrieval('refund charged twice', [
        ['billing-faq.md', 0.9, 'Invoices are sent on the first of the month.'],
        ['refund-policy.md', 0.91, 'Refunds go to the card that was charged.'],
        ['second-opinion.md', 0.71, 'Above 100 euros two people decide.'],
      ]),
    ),
  );

/** Mails and a text around them, of which rules take away the mails. */
export const drawnMasks = (options: ReadOptions): ComparedPair => {
  const side = (name: 'a' | 'b', mail: string, rest: string): Trace =>
    drawSpan(
      name,
      'send_reply',
      { 'openinference.span.kind': 'CHAIN', 'input.value': `Write to ${mail} today. ${rest}`, mailbox: mail },
      options,
    );
  return pairOf(
    side('a', 'jo.martens@example.com', 'Say that we are sorry, and that it was our mistake.'),
    side('b', 'ines.m@example.com', 'Say that we are sorry, and that it takes five days.'),
  );
};

/** A long text in which little changed, and one of which nothing is left. */
export const drawnLongText = (): ComparedPair => {
  const lines = Array.from({ length: 30_000 }, (_, at) => `${at}: the parcel of customer ${at % 97} is on its way`);
  const text = (list: readonly string[]): Attributes => ({ 'input.value': list.join('\n'), 'output.value': 'done' });
  const other = lines.map((line, at) => (at % 500 === 250 ? line.replace('on its way', 'lost at sea') : line));
  return pairOf(drawSpan('a', 'track', text(lines)), drawSpan('b', 'track', text(other)));
};
