import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { isOfQwen, messageOf } from './requests.ts';
import { blocksOf, textOfLine, type Lane, type Line } from './sessions.ts';

/** One answer of the model, which may be several lines. */
export interface SaidCall {
  readonly id: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly lines: readonly Line[];
  /** What was said to the model since its last answer. */
  readonly heard: readonly Line[];
  readonly place: number;
}

/** The same while its lines come. */
export interface Call extends SaidCall {
  end: string | null;
  readonly lines: Line[];
}

/** A block of a line, by its place among these. */
export interface LineBlock {
  readonly line: Line;
  readonly at: number;
}

export interface ToolStep {
  readonly id: string;
  readonly block: LineBlock;
  readonly start: string | null;
  readonly place: number;
  /** What an agent was told, where the tool sends one off. */
  readonly prompt: string | null;
  /** The block with its result. */
  result?: LineBlock;
  /** The agent that was at work, as the line with the result says. */
  agent?: string | null;
}

export interface Mark {
  readonly name: string;
  readonly line: Line;
}

/** From what a person said to the next: or, in a lane of its own, all that an agent did. */
export interface Turn {
  readonly id: string;
  readonly prompt: Line | null;
  readonly place: number;
  readonly calls: Call[];
  readonly tools: ToolStep[];
  readonly marks: Mark[];
  start: string | null;
  end: string | null;
  /** The line that sums it up (`stream-json`). */
  result?: Line;
}

/** What the program says in the name of the user. */
const NOTES: readonly (readonly [begin: string, mark: string])[] = [
  ['[Request interrupted', 'interrupted'],
  ['<local-command-stdout>', 'command output'],
  ['<local-command-stderr>', 'command output'],
  ['<local-command-caveat>', 'note'],
  ['<bash-stdout>', 'command output'],
  ['<bash-stderr>', 'command output'],
];

/** The turns of a lane, in order. An agent that was sent off has one, whatever it is told. */
export function walkLane({ agent, lines }: Lane): readonly Turn[] {
  const turns: Turn[] = [];
  const calls = new Map<string, Call>();
  const tools = new Map<string, ToolStep>();
  const lineNumbers = new Map<string, number>();
  let heard: Line[] = [];
  let before: string | null = null;
  let lastAnswer = -1;
  let place = 0;
  const begin = (line: Line, prompt: Line | null): Turn => {
    const turn: Turn = {
      id: prompt === null && isOfQwen(line.glimpse) ? `${line.uuid}-turn` : (line.uuid ?? `turn-${turns.length + 1}`),
      prompt,
      place: (place += 1),
      calls: [],
      tools: [],
      marks: [],
      start: line.time,
      end: line.time,
    };
    turns.push(turn);
    return turn;
  };
  const turnAt = (line: Line): Turn => turns.at(-1) ?? begin(line, null);

  const readUser = (line: Line): void => {
    const fields = line.glimpse;
    const blocks = blocksOf(fields);
    for (const [at, block] of blocks.entries()) {
      const step = isResultBlock(block) ? tools.get(textOf(block['tool_use_id']) ?? '') : undefined;
      if (!step || step.result) continue;
      step.result = { line, at };
      const told = fields['toolUseResult'];
      step.agent = isObject(told) ? textOf(told['agentId']) : null;
    }
    const text = textOfLine(fields);
    const note = NOTES.find(([start]) => text?.trimStart().startsWith(start));
    const silent =
      blocks.some(isResultBlock) ||
      ['isMeta', 'isCompactSummary', 'isVisibleInTranscriptOnly'].some((field) => fields[field] === true);
    if (note) turnAt(line).marks.push({ name: note[1], line });
    else if (!silent && (agent === null || turns.length === 0)) {
      const turn = begin(line, line);
      const parent = lineNumbers.get(textOf(fields['parentUuid']) ?? '');
      if (parent !== undefined && parent < lastAnswer) turn.marks.push({ name: 'rewind', line });
      heard = [];
    }
    if (fields['isCompactSummary'] === true) heard = [];
    if (note?.[1] !== 'interrupted') heard.push(line);
  };

  const readAssistant = (line: Line, number: number): void => {
    const turn = turnAt(line);
    const message = messageOf(line.glimpse);
    const id = textOf(message['id']) ?? textOf(line.glimpse['requestId']) ?? line.uuid ?? `call-${place}`;
    let call = calls.get(id) ?? (isOfQwen(line.glimpse) ? uncounted(turn, heard) : undefined);
    if (!call) {
      call = { id, start: before ?? line.time, end: line.time, lines: [], heard, place: (place += 1) };
      calls.set(id, call);
      turn.calls.push(call);
      heard = [];
    }
    call.lines.push(line);
    call.end = later(call.end, line.time);
    lastAnswer = number;
    for (const [at, block] of blocksOf(line.glimpse).entries()) {
      const tool = textOf(block['id']);
      if ((block['type'] !== 'tool_use' && block['type'] !== 'mcp_tool_use') || tool === null || tools.has(tool))
        continue;
      const input = block['input'];
      const prompt = isObject(input) ? textOf(input['prompt']) : null;
      const step: ToolStep = { id: tool, block: { line, at }, start: line.time, place: (place += 1), prompt };
      tools.set(tool, step);
      turn.tools.push(step);
    }
  };

  lines.forEach((line, number) => {
    if (line.uuid !== null) lineNumbers.set(line.uuid, number);
    if (line.type === 'user') readUser(line);
    else if (line.type === 'assistant') readAssistant(line, number);
    else if (line.type === 'result') turnAt(line).result = line;
    else if (line.subtype !== 'init' || turns.length > 0) readSystem(line, turns.at(-1));
    const turn = turns.at(-1);
    if (turn) turn.end = later(turn.end, endOf(line, turn));
    before = line.time ?? before;
  });
  return turns;
}

/** An answer of which the line that counts it is still to come. */
function uncounted({ calls }: Turn, heard: readonly Line[]): Call | undefined {
  const call = calls.at(-1);
  const { usage } = call && heard.length === 0 ? messageOf(call.lines.at(-1)!.glimpse) : {};
  return isObject(usage) && amount(usage['input_tokens']) === 0 && amount(usage['output_tokens']) === 0
    ? call
    : undefined;
}

function readSystem(line: Line, turn: Turn | undefined): void {
  const name = line.subtype ?? 'system';
  if (turn && name !== 'turn_duration' && name !== 'init')
    turn.marks.push({ name: name === 'compact_boundary' ? 'compaction' : name, line });
}

/** Lines without a part in what was done, such as a note of a hook, make no turn longer. */
function endOf(line: Line, turn: Turn): string | null {
  const { type, time, glimpse: fields } = line;
  if (type === 'user') return isResult(line) || line === turn.prompt ? time : null;
  if (type !== 'system') return time;
  const length = line.subtype === 'turn_duration' ? amount(fields['durationMs']) : null;
  const begin = Date.parse(turn.start ?? '');
  return length === null || !Number.isFinite(begin + length) || length < 0 || length > LONGEST_TURN
    ? null
    : new Date(begin + length).toISOString();
}
const isResultBlock = ({ type }: Fields): boolean => type === 'tool_result';
const isResult = (line: Line): boolean => blocksOf(line.glimpse).some(isResultBlock);
/** Milliseconds; what says more is no length. */
const LONGEST_TURN = 1e10;

const later = (a: string | null, b: string | null): string | null => {
  if (a === null || b === null) return a ?? b;
  return b > a ? b : a;
};
