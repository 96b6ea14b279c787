import type { RemoteContents } from '../../../model/entry.ts';
import { remoteOf } from '../../../model/remote.ts';
import type { Message, Part, SpanContent, Trace } from '../../../model/types.ts';
import { perTrace } from '../../memo.ts';
import { canonicalJson } from './canonicalJson.ts';

/** What went into each span and what came out, as text, by index; '' where nothing is recorded. */
export interface RecordedTexts {
  readonly input: readonly string[];
  readonly output: readonly string[];
  /**
   * What a model call was told to be (system and developer messages), and how it was set: parameters, and the tools it
   * was given.
   */
  readonly system: readonly string[];
  readonly parameters: readonly string[];
  readonly tools: readonly string[];
  /** False where contents could not be had at once: a worker owns them. */
  readonly complete: boolean;
}

/** Of a trace whose contents cannot be had at once. */
export const NO_TEXTS: RecordedTexts = {
  input: [],
  output: [],
  system: [],
  parameters: [],
  tools: [],
  complete: false,
};

/** Texts that were read with waiting, for traces whose contents are elsewhere. */
const awaited = new WeakMap<Trace, RecordedTexts>();
const atOnce = perTrace((trace: Trace): RecordedTexts => {
  const reading = createReading(trace);
  for (let index = 0; index < trace.spanCount; index += 1) if (reading.read(index) instanceof Promise) return NO_TEXTS;
  return reading.done();
});

/**
 * The texts of a trace, through the content gate, once per trace. A diff is mostly this where contents are large: who
 * wants to measure or show it apart calls it before `diffTraces`.
 */
export const recordedTexts = (trace: Trace): RecordedTexts => awaited.get(trace) ?? atOnce(trace);

/**
 * The same where contents come later, or a page needs its turn: `rest` is asked after each span. Gives nothing when
 * aborted.
 */
export async function readTexts(
  trace: Trace,
  rest: () => Promise<void> | undefined,
  onSpan: (index: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  if (awaited.has(trace)) return;
  const remote = remoteOf(trace);
  if (remote) {
    // Where the worker is gone there are no texts.
    const texts = await textsFrom(remote, trace.spanCount, onSpan, signal).catch(() => NO_TEXTS);
    if (!signal?.aborted) awaited.set(trace, texts);
    return;
  }
  const reading = createReading(trace);
  for (let index = 0; index < trace.spanCount; index += 1) {
    const later = reading.read(index);
    if (later) await later;
    const turn = rest();
    if (turn) {
      onSpan(index);
      await turn;
    }
    if (signal?.aborted) return;
  }
  awaited.set(trace, reading.done());
}

/** Texts of the spans from an index on, as a worker tells them. */
export interface TextSlice extends Omit<RecordedTexts, 'complete'> {
  readonly from: number;
}

/** So many spans are told at once. */
const SLICE = 256;

/** The texts of a trace in slices, for whoever is asked for them. */
export function* textSlices(texts: RecordedTexts): Generator<TextSlice> {
  for (let from = 0; from < texts.input.length; from += SLICE) {
    const part = (list: readonly string[]): readonly string[] => list.slice(from, from + SLICE);
    const { input, output, system, parameters, tools } = texts;
    yield {
      from,
      input: part(input),
      output: part(output),
      system: part(system),
      parameters: part(parameters),
      tools: part(tools),
    };
  }
}

async function textsFrom(
  remote: RemoteContents,
  spanCount: number,
  onSpan: (index: number) => void,
  signal: AbortSignal | undefined,
): Promise<RecordedTexts> {
  const lists = { input: [], output: [], system: [], parameters: [], tools: [] } as Record<TextList, string[]>;
  for await (const slice of remote.ask('texts', null, signal) as AsyncIterable<TextSlice>) {
    for (const name of TEXT_LISTS) for (const text of slice[name]) lists[name].push(text);
    onSpan(slice.from);
  }
  return { ...lists, complete: lists.input.length === spanCount };
}

type TextList = keyof Omit<RecordedTexts, 'complete'>;
const TEXT_LISTS: readonly TextList[] = ['input', 'output', 'system', 'parameters', 'tools'];

function createReading(trace: Trace): { read(index: number): Promise<void> | undefined; done(): RecordedTexts } {
  const list = (): string[] => Array.from({ length: trace.spanCount }, () => '');
  const texts = { input: list(), output: list(), system: list(), parameters: list(), tools: list(), complete: true };
  const keep = (index: number, content: SpanContent): void => {
    texts.input[index] = inputText(content);
    texts.output[index] = outputText(content);
    if (content.messages)
      texts.system[index] = content.messages.input
        .filter(({ role }) => role === 'system' || role === 'developer')
        .map(messageText)
        .join('\n');
    if (content.toolDefinitions.length > 0) texts.tools[index] = canonicalJson(content.toolDefinitions);
    texts.parameters[index] = parametersText(content.parameters);
  };
  return {
    read(index) {
      try {
        const content = trace.content(index);
        if (!(content instanceof Promise)) return void keep(index, content);
        // What cannot be had has no text.
        return content.then(
          (read) => keep(index, read),
          () => {},
        );
      } catch {
        return undefined;
      }
    },
    done: () => texts,
  };
}

/** Without what stands elsewhere: the model, the tools and the messages of a request. */
function parametersText(parameters: Readonly<Record<string, unknown>>): string {
  const kept = Object.entries(parameters).filter(
    ([key, value]) => !ELSEWHERE.has(key) && value !== undefined && value !== null,
  );
  return kept.length === 0 ? '' : canonicalJson(Object.fromEntries(kept));
}

const ELSEWHERE: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'tools',
  'functions',
  'input',
  'prompt',
  'instructions',
  'user',
  'extra_headers',
  '_type',
]);

/** Messages before the payload they stand in: they are without the ids that each run makes anew. */
export function inputText({ messages, input, tool, documents }: SpanContent): string {
  if (messages && messages.input.length > 0) return messages.input.map(messageText).join('\n');
  if (input) return input.text;
  return tool?.arguments === undefined ? (documents?.query ?? '') : canonicalJson(tool.arguments);
}

/** What a step was asked: of a tool its arguments. Empty where nothing is recorded. */
export const askedText = (content: SpanContent): string =>
  content.tool?.arguments === undefined ? inputText(content) : canonicalJson(content.tool.arguments);

export function outputText({ messages, output, tool, documents }: SpanContent): string {
  if (messages && messages.output.length > 0) return messages.output.map(messageText).join('\n');
  if (output) return output.text;
  if (tool?.result !== undefined) return canonicalJson(tool.result);
  return documents && documents.output.length > 0
    ? documents.output.map(({ id, content }) => content ?? id ?? '').join('\n')
    : '';
}

/** A message in words, without the ids of calls. */
export const messageText = (message: Message): string =>
  `${message.role}${message.name === undefined ? '' : ` ${message.name}`}: ${bodyText(message)}`;

/** What a message says, without who says it. */
export const bodyText = ({ parts }: Message): string => parts.map(partText).join('\n');

/** What of a part is read. */
export function partText(part: Part): string {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return part.text;
    case 'toolCall':
      return `${part.name}(${canonicalJson(part.arguments)})`;
    case 'toolResult':
      return canonicalJson(part.result);
    case 'unknown':
      return canonicalJson(part.value);
    default:
      return part.transcript ?? (part.uri?.startsWith('data:') ? '' : part.uri) ?? part.mimeType ?? '';
  }
}
