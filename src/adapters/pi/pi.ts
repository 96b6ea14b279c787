import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { spanRecord, type ToldSpan, type ToldTokens } from '../spans/spanRecord.ts';
import { latest } from '../spans/times.ts';
import { firstWords, orderOf, picked, plainText } from '../spans/words.ts';
import type { ReadAll } from '../types.ts';

/**
 * Sessions of pi and of what is built on it (`~/.pi/agent/sessions/<folder>/*.jsonl`), and what `pi --mode json` prints.
 * What a user said begins a turn, which is a trace: the agent, its model calls and their tools. A message of the model
 * has the time at which it was asked, its line that at which it was whole; tools begin no earlier than that.
 */
export const readPi: ReadAll = (documents, sink) => {
  const byInput = new Map<number, Fields[]>();
  const seen = new Set<string>();
  let repeats = 0;
  for (const { fields, input } of entriesOf(documents, sink)) {
    const key = `${input}/${textOf(fields['id']) ?? ''}`;
    if (textOf(fields['id']) !== null && seen.has(key)) {
      repeats += 1;
      continue;
    }
    seen.add(key);
    const lines = byInput.get(input);
    if (lines) lines.push(fields);
    else byInput.set(input, [fields]);
  }
  const read = new Set<string>();
  const isKept = (lines: readonly Fields[]): boolean => lines.some(({ type }) => type === 'message');
  const inputs = Array.from(byInput.values());
  // What is kept of a session says more than what was printed of it, and a longer copy more than a shorter one.
  const [kept, printed] = [inputs.filter(isKept), inputs.filter((each) => !isKept(each))];
  const longestFirst = (one: readonly Fields[], other: readonly Fields[]): number => other.length - one.length;
  for (const lines of [...kept.toSorted(longestFirst), ...printed.toSorted(longestFirst)]) {
    const head = lines.find(({ type }) => type === 'session') ?? {};
    const sessionId = textOf(head['id']);
    // A copy of a session that is there already.
    if (sessionId !== null && read.has(sessionId)) {
      repeats += lines.length;
      continue;
    }
    if (sessionId !== null) read.add(sessionId);
    for (const turn of turnsOf(lines, sessionId ?? 'session')) {
      for (const told of turnRecords(turn, sessionId)) sink.span(spanRecord(told));
      sink.trace(turn.id, {
        name: nameOf(turn),
        ...(sessionId === null ? {} : { sessionId }),
        metadata: Object.fromEntries(picked(head, ['cwd', 'parentSession'])),
      });
    }
  }
  if (repeats > 0)
    sink.diagnostic('duplicate-span', 'The same line of a session came more than once and counts once.', {
      count: repeats,
    });
};

interface Call {
  readonly spanId: string;
  readonly line: Fields;
  readonly message: Fields;
  readonly heard: readonly Fields[];
}

interface ToolStep {
  readonly spanId: string;
  readonly part: Fields;
  readonly called: string | null;
  result?: { readonly line: Fields; readonly message: Fields };
}

interface Turn {
  readonly id: string;
  readonly first: Fields;
  readonly prompt: Fields | null;
  readonly steps: (Call | ToolStep)[];
  readonly marks: Fields[];
}

const isCall = (step: Call | ToolStep): step is Call => 'heard' in step;
const messageOf = ({ message }: Fields): Fields => (isObject(message) ? message : {});
const partsOf = ({ content }: Fields): readonly Fields[] => {
  if (Array.isArray(content)) return content.filter(isObject);
  return textOf(content) === null ? [] : [{ type: 'text', text: content }];
};

/** Milliseconds as ISO text, as lines have it. */
function timeOf({ timestamp }: Fields): string | null {
  const time = amount(timestamp);
  if (time === null) return textOf(timestamp);
  return time > 0 && time < LATEST ? new Date(time).toISOString() : null;
}
const LATEST = 8.64e15;

/** When a line was written; what is printed has no such time, and messages say when they began. */
const writtenAt = (line: Fields): string | null => timeOf(line) ?? timeOf(messageOf(line));

/** What is printed of a message before it is whole, or says no more than what is around it. */
const SILENT =
  /^(?:session|agent_.*|turn_.*|message_(?:start|update)|tool_execution_.*|model_change|thinking_level_change|label)$/;

function turnsOf(lines: readonly Fields[], session: string): readonly Turn[] {
  const turns: Turn[] = [];
  const tools = new Map<string, ToolStep>();
  let heard: Fields[] = [];
  for (const [number, line] of lines.entries()) {
    const type = textOf(line['type']) ?? '';
    const message = messageOf(line);
    const { role } = message;
    const id = `${session}/${textOf(line['id']) ?? number + 1}`;
    const isMessage = type === 'message' || type === 'message_end';
    if (isMessage && (role === 'user' || (turns.length === 0 && role === 'assistant'))) {
      const prompt = role === 'user' ? message : null;
      turns.push({ id: `${id}/turn`, first: line, prompt, steps: [], marks: [] });
      heard = [];
    }
    const turn = turns.at(-1);
    if (isMessage && role === 'user') heard.push({ role: 'user', content: message['content'] });
    else if (isMessage && role === 'assistant') {
      turn!.steps.push({ spanId: id, line, message, heard });
      heard = [];
      for (const [at, part] of partsOf(message).entries()) {
        if (part['type'] !== 'toolCall') continue;
        const step: ToolStep = { spanId: `${id}/${at + 1}`, part, called: writtenAt(line) };
        turn!.steps.push(step);
        tools.set(textOf(part['id']) ?? step.spanId, step);
      }
    } else if (isMessage && role === 'toolResult') {
      const step = tools.get(textOf(message['toolCallId']) ?? '');
      if (step && !step.result) step.result = { line, message };
      heard.push({ ...message, role: 'tool', content: plainText(message['content']) });
    } else if (!SILENT.test(type)) turn?.marks.push(line);
  }
  return turns;
}

const nameOf = ({ prompt }: Turn): string => firstWords(prompt ? plainText(prompt['content']) : null) ?? 'session';

const failureOf = ({ stopReason, errorMessage }: Fields): string | null =>
  stopReason === 'error' || stopReason === 'aborted' ? (textOf(errorMessage) ?? String(stopReason)) : null;

/** The model's parts in the words of OpenTelemetry. */
const said = (message: Fields): readonly Fields[] => {
  const parts = partsOf(message).map((part): Fields => {
    const { type, thinking, id, name, arguments: given } = part;
    if (type === 'thinking') return { type: 'reasoning', content: thinking };
    return type === 'toolCall' ? { type: 'tool_call', id, name, arguments: given } : part;
  });
  return parts.length === 0 ? [] : [{ role: 'assistant', parts }];
};

function* turnRecords(turn: Turn, sessionId: string | null): Generator<ToldSpan, void> {
  const { prompt, steps, first, marks } = turn;
  const shared = { traceId: turn.id, timeUnit: 'iso' as const, sessionId, service: 'pi', isOver: true };
  const told = steps.map((step) => (isCall(step) ? callFacts(step) : toolFacts(step)));
  const last = steps.findLast(isCall)?.message;
  const failure = last ? failureOf(last) : null;
  const start = prompt ? (timeOf(prompt) ?? writtenAt(first)) : (textOf(told[0]?.start) ?? writtenAt(first));
  yield {
    ...shared,
    spanId: turn.id,
    parentSpanId: null,
    name: nameOf(turn),
    kind: 'agent',
    start,
    end: latest([start, ...told.map((each) => textOf(each.end) ?? textOf(each.start))]),
    order: orderOf(0),
    source: first,
    status: failure === null ? 'unset' : 'error',
    statusMessage: failure,
    inputMessages: prompt ? [{ role: 'user', content: prompt['content'] }] : [],
    outputMessages: last ? said(last) : [],
    events: marks.map((line) => ({
      name: textOf(line['type']) ?? 'entry',
      time: writtenAt(line),
      attributes: new Map(picked(line, ['summary', 'tokensBefore', 'fromId', 'customType', 'content', 'data', 'name'])),
    })),
  };
  for (const [at, facts] of told.entries())
    yield { ...shared, ...facts, parentSpanId: turn.id, order: orderOf(at + 1) };
}

type StepFacts = Omit<ToldSpan, 'traceId' | 'parentSpanId'>;

function callFacts({ spanId, line, message, heard }: Call): StepFacts {
  const model = textOf(message['model']);
  const usage = isObject(message['usage']) ? message['usage'] : {};
  const cost = isObject(usage['cost']) ? amount(usage['cost']['total']) : null;
  const failure = failureOf(message);
  const [start, written] = [timeOf(message), timeOf(line)];
  return {
    spanId,
    name: model === null ? 'chat' : `chat ${model}`,
    kind: 'llm',
    start: start ?? written,
    end: written,
    isEstimated: start === null && written !== null,
    source: line,
    model,
    provider: message['provider'],
    tokens: tokensOf(usage),
    // Where no price is known 0 is written.
    cost: cost === 0 ? undefined : cost,
    inputMessages: heard,
    outputMessages: said(message),
    status: failure === null ? 'unset' : 'error',
    statusMessage: failure,
    attributes: picked(message, ['responseId']).map(([, id]) => ['gen_ai.response.id', id] as const),
  };
}

/** What a cache had stands beside the input. A call that failed has zeros. */
function tokensOf(usage: Fields): ToldTokens | undefined {
  const { input, output, totalTokens: total, cacheRead, cacheWrite } = usage;
  const isEmpty = [input, output, cacheRead, cacheWrite].every((count) => (amount(count) ?? 0) === 0);
  return isEmpty ? undefined : { input, output, total, cacheRead, cacheWrite, cacheBeside: true };
}

function toolFacts({ spanId, part, called, result }: ToolStep): StepFacts {
  const { name, id, arguments: given } = part;
  const answer = result ? plainText(result.message['content']) : null;
  const failed = result?.message['isError'] === true;
  const exitCode = /\bexited with code (\d+)\s*$/.exec(answer ?? '')?.[1];
  return {
    spanId,
    name: textOf(name) ?? 'tool',
    kind: 'tool',
    start: called,
    end: result ? (timeOf(result.message) ?? writtenAt(result.line)) : called,
    isEstimated: true,
    source: part,
    sources: result ? [part, result.line] : [part],
    status: failed ? 'error' : 'unset',
    statusMessage: failed ? (exitCode === undefined ? firstWords(answer) : `exit code ${exitCode}`) : null,
    tool: { name, callId: id, arguments: given, result: answer },
  };
}
