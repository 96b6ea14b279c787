import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { fieldsOf, isFailure, isTool, type Lane, type Measured } from './lanes.ts';

/** An answer of the model, which may be several lines. Failures, and answers that no agent was given, are measured alone. */
export interface Call {
  readonly lines: Fields[];
  readonly heard: readonly Fields[];
  /** When the lines before it were written. */
  readonly before: string | null;
  measured?: Measured;
}

export interface ToolStep {
  readonly spanId: string;
  readonly callId: string | null;
  readonly part: Fields;
  readonly called: string | null;
  result?: { readonly line: Fields; readonly response: Fields };
}

export interface Turn {
  readonly id: string;
  readonly prompt: Fields | null;
  /** Calls and tools as they come. */
  readonly steps: (Call | ToolStep)[];
  readonly marks: Fields[];
}

export const isCall = (step: Call | ToolStep): step is Call => 'heard' in step;

export const partsOf = (line: Fields): readonly Fields[] => {
  const { parts } = fieldsOf(line['message']);
  return Array.isArray(parts) ? parts.filter(isObject) : [];
};

/** Lines of the program about its own state. */
const SILENT =
  /^(?:attribution_snapshot|file_history_snapshot|session_.*|custom_title|parent_session|branch_checkpoint)$/;

const isBefore = ({ end }: Measured, time: string | null): boolean => time === null || end === null || end <= time;

const isAnswer = (measured: Measured): boolean => !isFailure(measured) && !isTool(measured);

/** Of so many measures that were over before a line is sought which is its own: mostly there is one. */
const LOOKED_AT = 500;

/** The turns of a lane. What the model was asked is measured: answers and measures come in the same order. */
export function walkLane({ lines, measures, session, agent }: Lane): readonly Turn[] {
  const turns: Turn[] = [];
  const tools = new Map<string, ToolStep>();
  let next = 0;
  let heard: Fields[] = [];
  let before: string | null = null;
  let open: Call | null = null;
  const begin = (line: Fields, prompt: Fields | null): Turn => {
    const id = `${textOf(line['uuid']) ?? `${session.id}-${agent ?? 'turn'}-${turns.length + 1}`}${prompt ? '' : '-turn'}`;
    const turn: Turn = { id, prompt, steps: [], marks: [] };
    turns.push(turn);
    return turn;
  };
  const pushMeasured = (measured: Measured): void => {
    const { line, event } = measured;
    const callId = textOf(event['call_id']);
    if (callId !== null && tools.has(callId)) return;
    const turn = turns.at(-1) ?? begin(line, null);
    if (!isTool(measured)) turn.steps.push({ lines: [], heard: [], before, measured });
    else {
      const part = { name: event['function_name'], args: event['function_args'] };
      turn.steps.push({ spanId: textOf(line['uuid']) ?? `tool-${callId}`, callId, part, called: null });
    }
  };
  /** Where those end that were over at a time. */
  const overAt = (time: string | null, most = Infinity): number => {
    let end = next;
    while (end < measures.length && end - next < most && isBefore(measures[end]!, time)) end += 1;
    return end;
  };
  const pushUntil = (end: number): void => {
    for (; next < end; next += 1) pushMeasured(measures[next]!);
  };
  /** The last before the line was written, if it can be one that counts the same; those before it have no line. */
  const measureOf = (line: Fields, time: string | null): Measured | undefined => {
    const total = amount(fieldsOf(line['usageMetadata'])['totalTokenCount']);
    const due = measures.slice(next, overAt(time, LOOKED_AT));
    const same = due.findLast((each) => isAnswer(each) && amount(each.event['total_token_count']) === total);
    const found = same ?? due.findLast(isAnswer);
    pushUntil(next + (found ? due.indexOf(found) : due.length));
    if (found) next += 1;
    return found;
  };
  for (const line of lines) {
    const { type, subtype } = line;
    const time = textOf(line['timestamp']);
    if (type === 'user' && subtype !== 'mid_turn_user_message') {
      pushUntil(overAt(time));
      begin(line, line);
      open = null;
      heard = [line];
    } else if (type === 'assistant') {
      const turn = turns.at(-1) ?? begin(line, null);
      const isCounted = isObject(line['usageMetadata']);
      // Agents write the words and the calls of one answer as lines of their own, and the usage once.
      if (!open || (isCounted && open.lines.some(({ usageMetadata }) => isObject(usageMetadata)))) {
        open = { lines: [], heard, before };
        const measured = measureOf(line, time);
        if (measured) open.measured = measured;
        turn.steps.push(open);
        heard = [];
      }
      open.lines.push(line);
      for (const [at, part] of partsOf(line).entries()) {
        if (!isObject(part['functionCall'])) continue;
        const callId = textOf(part['functionCall']['id']);
        const spanId = `${textOf(line['uuid']) ?? turn.id}-tool-${at + 1}`;
        const step: ToolStep = { spanId, callId, part: part['functionCall'], called: time };
        turn.steps.push(step);
        if (callId !== null) tools.set(callId, step);
      }
    } else if (type === 'tool_result') {
      for (const { functionResponse } of partsOf(line)) {
        const response = fieldsOf(functionResponse);
        const step = tools.get(textOf(response['id']) ?? '');
        if (step && !step.result) step.result = { line, response };
      }
      heard.push(line);
      open = null;
    } else if (!SILENT.test(textOf(subtype) ?? '')) {
      if (type === 'user') heard.push(line);
      turns.at(-1)?.marks.push(line);
    }
    if (type !== 'system') before = time ?? before;
  }
  pushUntil(measures.length);
  return turns;
}
