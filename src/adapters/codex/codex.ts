import { isObject, parsed, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { createPassedOver, entriesOf } from '../spans/entriesOf.ts';
import { spanRecord, type ToldSpan } from '../spans/spanRecord.ts';
import { firstWords, orderOf, picked, plainText } from '../spans/words.ts';
import type { ReadAll, SpanSink } from '../types.ts';
import { readPrinted } from './printed.ts';
import { tokensOf } from './tokens.ts';
import { placeAgents, type AgentPlace } from './placeAgents.ts';
import { walkRollout, type Call, type Rollout, type ToolStep, type Turn } from './walkRollout.ts';

/**
 * Sessions of OpenAI Codex: rollouts (`~/.codex/sessions`, of 2025 and 2026), one per file, and what `codex exec --json`
 * prints. A turn is a trace: the agent, with model calls and tools below it, and agents that it sent off below their call. Tools are pairs of lines, so their lengths
 * are real; those of model calls are estimates.
 */
export const readCodex: ReadAll = (documents, sink) => {
  const byInput = new Map<number, { readonly kept: Fields[]; readonly printed: Fields[] }>();
  for (const { fields, input } of entriesOf(documents, sink)) {
    let lines = byInput.get(input);
    if (!lines) byInput.set(input, (lines = { kept: [], printed: [] }));
    const { type } = fields;
    if (typeof type === 'string' && (type.includes('.') || type === 'error')) lines.printed.push(fields);
    else lines.kept.push(fields);
  }
  const passedOver = createPassedOver(sink, 'Lines of Codex');
  const rollouts = Array.from(byInput.values(), ({ kept }) => kept)
    .filter(({ length }) => length > 0)
    .map((kept) => walkRollout(inOrder(kept), passedOver.add));
  const places = placeAgents(rollouts);
  for (const rollout of rollouts) readRollout(rollout, places.get(rollout), sink);
  for (const [input, { printed }] of byInput) if (printed.length > 0) readPrinted(printed, input, sink);
  passedOver.report();
};

/** By time; lines without one stay where they are. */
function inOrder(lines: readonly Fields[]): readonly Fields[] {
  const time = (line: Fields): string => textOf(line['timestamp']) ?? '';
  const isSorted = lines.every((line, at) => at === 0 || time(line) === '' || time(line) >= time(lines[at - 1]!));
  return isSorted ? lines : lines.toSorted((a, b) => (time(a) < time(b) ? -1 : Number(time(a) > time(b))));
}

function readRollout({ meta, turns }: Rollout, place: AgentPlace | undefined, sink: SpanSink): void {
  const sessionId = place?.sessionId ?? textOf(meta['id']);
  turns.forEach((turn, at) => {
    const around = { meta, sessionId, place, isLast: at === turns.length - 1, isFirst: at === 0 };
    for (const told of turnRecords(turn, around)) sink.span(spanRecord(told));
    // What is said of the trace is said by the session that sent the agent off.
    if (place) return;
    sink.trace(turn.id, {
      name: nameOf(turn),
      ...(sessionId === null ? {} : { sessionId }),
      metadata: Object.fromEntries(
        picked(meta, ['cwd', 'originator', 'cli_version', 'source', 'git', 'forked_from_id']),
      ),
    });
  });
}

const nameOf = ({ prompt }: Turn): string => firstWords(prompt) ?? 'turn';

interface Around {
  readonly meta: Fields;
  readonly sessionId: string | null;
  /** Of an agent that another session sent off. */
  readonly place: AgentPlace | undefined;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

function* turnRecords(turn: Turn, { meta, sessionId, place, isFirst, isLast }: Around): Generator<ToldSpan, void> {
  const shared = {
    traceId: place?.traceId ?? turn.id,
    timeUnit: 'iso' as const,
    sessionId,
    service: 'codex',
    isOver: true,
  };
  const instructions = isObject(meta['base_instructions']) ? meta['base_instructions']['text'] : meta['instructions'];
  const spoken = turn.calls.flatMap(({ said }) => said).findLast(({ type }) => type === 'message');
  yield {
    ...shared,
    spanId: turn.id,
    parentSpanId: place?.parentSpanId ?? null,
    name: nameOf(turn),
    kind: 'agent',
    start: turn.start,
    end: turn.end,
    order: orderOf(turn.place),
    source: turn.sources[0]!,
    ...(turn.sources.length > 1 ? { sources: turn.sources } : {}),
    status: turn.failure === null ? 'unset' : 'error',
    statusMessage: turn.failure,
    inputMessages: turn.prompt === null ? [] : [{ role: 'user', content: turn.prompt }],
    outputMessages: spoken ? [{ role: 'assistant', content: spoken['content'] }] : [],
    events: turn.marks.map(({ name, time, about }) => ({ name, time, attributes: new Map(Object.entries(about)) })),
  };
  for (const [at, call] of turn.calls.entries())
    yield {
      ...shared,
      parentSpanId: turn.id,
      ...callFacts(call, meta),
      ...(isFirst && at === 0 && textOf(instructions) !== null
        ? { instructions: [{ type: 'text', content: instructions }] }
        : {}),
    };
  for (const tool of turn.tools)
    yield {
      ...shared,
      parentSpanId: turn.id,
      ...toolFacts(tool),
      isOver: tool.end !== undefined || turn.isOver || !isLast,
    };
}

type Facts = Omit<ToldSpan, 'traceId'>;

function callFacts({ id, place, start, end, model, heard, said, usage, sources }: Call, meta: Fields): Facts {
  return {
    spanId: id,
    name: model === null ? 'chat' : `chat ${model}`,
    kind: 'llm',
    start,
    end: end ?? start,
    isEstimated: start !== null,
    order: orderOf(place),
    source: sources[0] ?? usage ?? {},
    ...(sources.length > 1 ? { sources } : {}),
    model,
    provider: meta['model_provider'],
    tokens: usage && tokensOf(usage),
    inputMessages: heard.map(messageOf),
    outputMessages: said.length === 0 ? [] : [{ role: 'assistant', content: said.flatMap(partsOf) }],
  };
}

const messageOf = (item: Fields): Fields =>
  item['type'] === 'message'
    ? { role: item['role'], content: item['content'] }
    : { role: 'tool', content: [{ type: 'tool_result', tool_use_id: item['call_id'], content: outputOf(item) }] };

function partsOf(item: Fields): readonly unknown[] {
  const type = textOf(item['type']) ?? '';
  if (type === 'message')
    return Array.isArray(item['content']) ? item['content'] : [{ type: 'text', text: item['content'] }];
  // A content that is null hides the summary.
  if (type === 'reasoning')
    return [Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null && value !== undefined))];
  if (type.endsWith('_call') || type === 'function_call')
    return [
      { type: 'tool_call', id: item['call_id'] ?? item['id'], name: toolName(item), arguments: argumentsOf(item) },
    ];
  return [item];
}

/** `local_shell_call` is a call of `local_shell`. */
const toolName = (item: Fields): string =>
  textOf(item['name']) ?? (textOf(item['type']) ?? 'tool').replace(/_call$/, '');

const argumentsOf = (item: Fields): unknown =>
  parsed(item['arguments'] ?? item['input'] ?? item['action'] ?? item['query']);

const outputOf = (item: Fields): unknown => {
  const { output } = item;
  return isObject(output) ? (output['content'] ?? output) : output;
};

function toolFacts({ id, place, item, start, end, result, ending }: ToolStep): Facts {
  const answer = result && (isObject(result['payload']) ? result['payload'] : result);
  const output = answer && outputOf(answer);
  const failure = failureOf(answer, plainText(output), ending);
  return {
    spanId: id,
    name: toolName(item),
    kind: 'tool',
    start,
    end: end ?? null,
    order: orderOf(place),
    source: item,
    ...(result ? { sources: [item, result, ...(ending ? [ending] : [])] } : {}),
    status: failure === null ? 'unset' : 'error',
    statusMessage: failure,
    tool: { name: toolName(item), callId: id, arguments: argumentsOf(item), result: output },
  };
}

/** The text before what a command printed says how it ended; old versions put JSON around both. */
const EXIT = /^(?:Process exited with code|Exit code:)\s*(-?\d+)/m;

function failureOf(answer: Fields | undefined, text: string | null, ending: Fields | undefined): string | null {
  const output = answer?.['output'];
  const told = isObject(output) ? output : parsed(output);
  const metadata = isObject(told) && isObject(told['metadata']) ? told['metadata'] : {};
  const [head] = (text ?? '').split(/^Output:/m);
  const code = amount(ending?.['exit_code']) ?? amount(metadata['exit_code']) ?? amount(EXIT.exec(head ?? '')?.[1]);
  if (code !== null && code !== 0) return `exit code ${code}`;
  const result = ending?.['result'];
  if (isObject(result) && 'Err' in result) return firstWords(textOf(result['Err'])) ?? 'failed';
  if (isObject(output) && output['success'] === false) return firstWords(text) ?? 'failed';
  return answer?.['status'] === 'failed' ? 'failed' : null;
}
