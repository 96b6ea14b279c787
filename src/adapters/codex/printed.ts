import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { spanRecord, type ToldSpan } from '../spans/spanRecord.ts';
import { firstWords, orderOf } from '../spans/words.ts';
import type { SpanSink } from '../types.ts';
import { tokensOf } from './tokens.ts';

interface PrintedTurn {
  readonly id: string;
  readonly sources: Fields[];
  readonly items: Map<string, Fields>;
  usage?: Fields;
  failure: string | null;
  hasBegun: boolean;
  isOver: boolean;
}

/**
 * What `codex exec --json` prints: turns of items, without a clock. The usage is that of the whole turn, which may be
 * several calls, so the turn has it.
 */
export function readPrinted(lines: readonly Fields[], input: number, sink: SpanSink): void {
  let thread = `thread-${input + 1}`;
  const turns: PrintedTurn[] = [];
  const turnAt = (): PrintedTurn => turns.at(-1) ?? begin();
  const begin = (): PrintedTurn => {
    const turn: PrintedTurn = {
      id: `${thread}-turn-${turns.length + 1}`,
      sources: [],
      items: new Map(),
      failure: null,
      hasBegun: false,
      isOver: false,
    };
    turns.push(turn);
    return turn;
  };
  for (const line of lines) {
    const type = textOf(line['type']) ?? '';
    if (type === 'thread.started') {
      thread = textOf(line['thread_id']) ?? thread;
      continue;
    }
    const last = turns.at(-1);
    // What is said before the first turn, such as a warning about the model, belongs to it.
    const turn = type === 'turn.started' && (!last || last.hasBegun) ? begin() : turnAt();
    if (type === 'turn.started') turn.hasBegun = true;
    const { item, usage, error } = line;
    if (isObject(item)) turn.items.set(textOf(item['id']) ?? `item-${turn.items.size + 1}`, item);
    else turn.sources.push(line);
    if (type === 'turn.completed' && isObject(usage)) turn.usage = usage;
    if (type === 'turn.failed' || type === 'error')
      turn.failure = textOf(isObject(error) ? error['message'] : line['message']) ?? 'failed';
    if (type === 'turn.completed' || type === 'turn.failed') turn.isOver = true;
  }
  turns.forEach((turn, at) => {
    for (const told of printedRecords(turn, thread, at < turns.length - 1)) sink.span(spanRecord(told));
    sink.trace(turn.id, { sessionId: thread });
  });
}

/** What is no message and no thought is something that was done. */
const SPOKEN: ReadonlySet<unknown> = new Set(['agent_message', 'reasoning', 'todo_list', 'error']);

function* printedRecords(turn: PrintedTurn, thread: string, isPast: boolean): Generator<ToldSpan, void> {
  const isOver = turn.isOver || isPast;
  const shared = { traceId: turn.id, sessionId: thread, service: 'codex', timeUnit: 'iso' as const, isOver };
  const items = Array.from(turn.items.values());
  const said = items.filter(({ type }) => type === 'agent_message' || type === 'reasoning');
  yield {
    ...shared,
    spanId: turn.id,
    parentSpanId: null,
    name: 'turn',
    kind: 'agent',
    order: orderOf(0),
    source: turn.sources[0] ?? items[0] ?? {},
    ...(turn.sources.length > 1 ? { sources: turn.sources } : {}),
    status: turn.failure === null ? 'unset' : 'error',
    statusMessage: turn.failure,
    tokens: turn.usage && tokensOf(turn.usage),
    outputMessages: said.map(({ type, text }) => ({
      role: 'assistant',
      content: [{ type: type === 'reasoning' ? 'reasoning' : 'text', text }],
    })),
  };
  for (const [at, [id, item]] of Array.from(turn.items).entries()) {
    if (SPOKEN.has(item['type'])) continue;
    const code = amount(item['exit_code']);
    const failed = item['status'] === 'failed' || (code !== null && code !== 0);
    const name = textOf(item['tool'] ?? item['type']) ?? 'tool';
    yield {
      ...shared,
      spanId: id,
      parentSpanId: turn.id,
      name,
      kind: 'tool',
      order: orderOf(at + 1),
      source: item,
      isOver: isOver || item['status'] !== 'in_progress',
      status: failed ? 'error' : 'unset',
      statusMessage: failed ? (code === null ? firstWords(textOf(item['message'])) : `exit code ${code}`) : null,
      tool: {
        name,
        callId: id,
        arguments: item['arguments'] ?? item['command'] ?? item['query'] ?? item['changes'],
        result: item['result'] ?? item['aggregated_output'],
      },
    };
  }
}
