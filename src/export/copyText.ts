import { aboutTrace, createShared, nativeSpan } from '../adapters/native/toNativeJson.ts';
import { encodeValue } from '../adapters/native/nativeValue.ts';
import { NATIVE_FORMAT } from '../adapters/native/types.ts';
import { otlpDocument, otlpWriter, type OtlpGroups } from '../adapters/otlp/toOtlpJson.ts';
import { createTimeSlices } from '../model/timeSlices.ts';
import type { StepsOptions } from '../analysis/steps.ts';
import { toJson } from '../conventions/toJson.ts';
import type { SpanContent, Trace } from '../model/types.ts';
import { toMarkdown } from './toMarkdown.ts';
import type { CopyRequest } from './types.ts';

type Contents = (index: number) => Promise<SpanContent>;

/**
 * A copy of what is shown as one text, for the clipboard. Rests while it is made; rejects with the reason of the signal
 * when aborted, and where a content cannot be had.
 */
export async function copyText(trace: Trace, request: CopyRequest, options: StepsOptions = {}): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of copyPieces(trace, request, options)) pieces.push(piece);
  return pieces.join('');
}

/**
 * The same piece by piece, for files that may be longer than a text can be. Contents come through the gate of the
 * trace, so what is masked there is masked here. A subtree keeps the id of its parent, which is not in the copy. OTLP
 * comes in one piece per resource once all spans are read.
 */
export async function* copyPieces(
  trace: Trace,
  request: CopyRequest,
  { signal }: StepsOptions = {},
): AsyncGenerator<string> {
  const yieldTurn = createTimeSlices();
  const contents: Contents = async (index) => {
    signal?.throwIfAborted();
    await yieldTurn();
    const content = await trace.content(index);
    signal?.throwIfAborted();
    return content;
  };
  if (request.format === 'markdown') yield* toMarkdown(trace, request, contents);
  else if (request.format === 'otlp') yield* otlpPieces(trace, request, contents);
  else if (request.scope === 'conversation') yield conversationJson(await contents(request.index));
  else yield* nativePieces(trace, request, contents);
}

function rangeOf(trace: Trace, { scope, index }: CopyRequest): readonly [from: number, to: number] {
  if (scope === 'trace') return [0, trace.spanCount];
  return [index, scope === 'subtree' ? trace.columns.subtreeEnd[index]! : index + 1];
}

async function* nativePieces(trace: Trace, request: CopyRequest, contents: Contents): AsyncGenerator<string> {
  const [from, to] = rangeOf(trace, request);
  const shared = createShared();
  yield `{"format":${JSON.stringify(NATIVE_FORMAT)},"traces":[\n${toJson(aboutTrace(trace)).slice(0, -1)},"spans":[`;
  for (let index = from; index < to; index += 1)
    yield `${index > from ? ',' : ''}\n${toJson(nativeSpan(trace.span(index), await contents(index), trace, shared))}`;
  yield `\n],"resources":${toJson(shared.resources)},"scopes":${toJson(shared.scopes)}}\n]}\n`;
}

async function* otlpPieces(trace: Trace, request: CopyRequest, contents: Contents): AsyncGenerator<string> {
  const [from, to] = rangeOf(trace, request);
  const groups: OtlpGroups = new Map();
  const writer = otlpWriter(trace, groups);
  for (let index = from; index < to; index += 1) writer.add(trace.span(index), await contents(index));
  writer.finish();
  yield '{"resourceSpans":[';
  for (const [place, resourceSpans] of otlpDocument(groups).resourceSpans.entries())
    yield `${place > 0 ? ',' : ''}\n${toJson(resourceSpans)}`;
  yield '\n]}\n';
}

/** What a playground takes: messages, tools and parameters. */
const conversationJson = ({ messages, toolDefinitions, parameters }: SpanContent): string =>
  `${toJson(encodeValue({ messages: messages ?? { input: [], output: [] }, ...(toolDefinitions.length > 0 ? { toolDefinitions } : {}), ...(Object.keys(parameters).length > 0 ? { parameters } : {}) }), 2)}\n`;
