import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { Pieces } from '../content/pieces.ts';
import { createPassedOver, type Entry } from '../spans/entriesOf.ts';
import { plainText } from '../spans/words.ts';
import type { SpanSink } from '../types.ts';
import { CLAUDE_CODE_PLACES } from './signs.ts';
import { createRequestLog, REQUEST_LINES, type RequestLog } from './requests.ts';

/**
 * A line of a session. `time` is when it was written; null in `stream-json`. Of a line among bytes nothing else is held:
 * its fields are parsed each time that somebody asks for them, unless they were asked for lately.
 */
export interface Line {
  readonly fields: Fields;
  /** The same with long texts cut, but for those of `CLAUDE_CODE_PLACES`: soon had. */
  readonly glimpse: Fields;
  /** Where it stands, and its number there. */
  readonly pieces?: Pieces | undefined;
  readonly number?: number | undefined;
  readonly type: string;
  readonly subtype: string | null;
  readonly uuid: string | null;
  readonly time: string | null;
}

/** What one agent did, line by line: that of the session itself, or one that it sent off. */
export interface Lane {
  /** Null = that of the session; else the id of the agent, of the call that sent it off, or of its first line. */
  readonly agent: string | null;
  readonly lines: readonly Line[];
}

export interface Session {
  readonly id: string;
  readonly main: Lane;
  readonly agents: readonly Lane[];
  readonly title: string | null;
  readonly requests: RequestLog;
  /** What all of it cost, in US dollars, where the session says so. */
  readonly cost: number | null;
}

/** Lines that are no part of what an agent did. */
const BESIDE: ReadonlySet<string> = new Set([
  'queue-operation',
  'file-history-snapshot',
  'progress',
  'attachment',
  'stream_event',
  'rate_limit_event',
  'last-prompt',
  'permission-mode',
  'pr-link',
  'mode',
  'tag',
  'agent-name',
  'tools-used',
  'atis-latch',
]);
const READ: ReadonlySet<string> = new Set(['user', 'assistant', 'system', 'result']);

interface Open {
  readonly lanes: Map<string | null, Line[]>;
  readonly requests: RequestLog;
  title: string | null;
  cost: number | null;
}

/**
 * Sorts lines by session and agent, each in order of time. The same line again (a resumed session begins with a copy of
 * the one before, and `progress` lines repeat) counts once.
 */
export function sessionsOf(entries: Iterable<Entry>, sink: SpanSink): readonly Session[] {
  const sessions = new Map<string, Open>();
  const passedOver = createPassedOver(sink, 'Lines of Claude Code');
  const titles: { readonly leaf: string; readonly title: string }[] = [];
  const sessionOfLine = new Map<string, string>();
  const roots = new Map<string, string>();
  const sessionOf = (id: string): Open => {
    let open = sessions.get(id);
    if (!open) sessions.set(id, (open = { lanes: new Map(), requests: createRequestLog(), title: null, cost: null }));
    return open;
  };
  let repeats = 0;
  for (const entry of entries) {
    const { fields } = entry;
    const type = textOf(fields['type']) ?? 'none';
    const id = textOf(fields['sessionId'] ?? fields['session_id']) ?? '';
    const uuid = textOf(fields['uuid']);
    const title = textOf(fields['aiTitle'] ?? fields['customTitle'] ?? fields['title'] ?? fields['summary']);
    if (type === 'summary') {
      if (title !== null) titles.push({ leaf: textOf(fields['leafUuid']) ?? '', title });
    } else if (type === 'ai-title' || type === 'custom-title') {
      if (title !== null) sessionOf(id).title = title;
    } else if (type === 'cost-state') {
      sessionOf(id).cost = amount(fields['totalCostUSD']);
    } else if (REQUEST_LINES.has(type)) {
      sessionOf(id).requests.add(type, lineOf(entry, type));
    } else if (!READ.has(type)) {
      if (!BESIDE.has(type)) passedOver.add(type);
    } else if (uuid !== null && sessionOfLine.has(uuid)) {
      repeats += 1;
    } else {
      if (uuid !== null) sessionOfLine.set(uuid, id);
      const { lanes } = sessionOf(id);
      const agent = agentOf(fields, uuid, roots);
      const line = lineOf(entry, type);
      const lane = lanes.get(agent);
      if (lane) lane.push(line);
      else lanes.set(agent, [line]);
    }
  }
  if (repeats > 0)
    sink.diagnostic('duplicate-span', 'The same line of a session came more than once and counts once.', {
      count: repeats,
    });
  passedOver.report();
  for (const { leaf, title } of titles) {
    const of = sessions.get(sessionOfLine.get(leaf) ?? '');
    const only = sessions.size === 1 ? [...sessions.values()][0] : undefined;
    const open = of ?? only;
    if (open) open.title ??= title;
  }
  return Array.from(sessions, ([id, { lanes, title, requests, cost }]) => ({
    id,
    title,
    requests,
    cost,
    main: { agent: null, lines: inOrder(lanes.get(null) ?? []) },
    agents: Array.from(lanes).flatMap(([agent, lines]): readonly Lane[] =>
      agent === null ? [] : [{ agent, lines: inOrder(lines) }],
    ),
  }));
}

function lineOf({ fields, pieces, number }: Entry, type: string): Line {
  const uuid = textOf(fields['uuid']);
  const time = textOf(fields['timestamp']);
  const subtype = textOf(fields['subtype']);
  const said = { type, subtype, uuid, time };
  return pieces && number !== undefined ? new PlacedLine(said, pieces, number) : { fields, glimpse: fields, ...said };
}

class PlacedLine implements Line {
  readonly type: string;
  readonly subtype: string | null;
  readonly uuid: string | null;
  readonly time: string | null;
  readonly pieces: Pieces;
  readonly number: number;

  constructor(
    { type, subtype, uuid, time }: Pick<Line, 'type' | 'subtype' | 'uuid' | 'time'>,
    pieces: Pieces,
    number: number,
  ) {
    this.type = type;
    this.subtype = subtype;
    this.uuid = uuid;
    this.time = time;
    this.pieces = pieces;
    this.number = number;
  }

  get fields(): Fields {
    return fieldsOf(this.pieces.value(this.number));
  }

  get glimpse(): Fields {
    return fieldsOf(this.pieces.glimpse(this.number, CLAUDE_CODE_PLACES));
  }
}

/** What a line was parsed to. Empty where a host has changed or taken away the bytes it gave. */
export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

/** Which agent wrote a line. Old versions name none in a side chain: there its first line stands for it. */
function agentOf(fields: Fields, uuid: string | null, roots: Map<string, string>): string | null {
  const caller = textOf(fields['parent_tool_use_id']);
  if (caller !== null) return caller;
  if (fields['isSidechain'] !== true) return null;
  const named = textOf(fields['agentId']);
  if (named !== null) return named;
  const parent = textOf(fields['parentUuid']) ?? '';
  const root = roots.get(parent) ?? uuid ?? 'side chain';
  if (uuid !== null) roots.set(uuid, root);
  return root;
}

/** By time; lines without one stay behind the line before them. */
function inOrder(lines: readonly Line[]): readonly Line[] {
  let last = '';
  let sorted = true;
  const timed = lines.map((line) => {
    const time = line.time ?? last;
    sorted &&= time >= last;
    last = time;
    return { line, time };
  });
  if (sorted) return lines;
  return timed.sort((a, b) => (a.time === b.time ? 0 : a.time < b.time ? -1 : 1)).map(({ line }) => line);
}

/** The blocks of a line's message; text is one of them. */
export function blocksOf({ message }: Fields): readonly Fields[] {
  const content = isObject(message) ? message['content'] : undefined;
  if (Array.isArray(content)) return content.filter(isObject);
  const text = textOf(content);
  return text === null ? [] : [{ type: 'text', text }];
}

/** What a user line says. */
export const textOfLine = ({ message }: Fields): string | null =>
  plainText(isObject(message) ? message['content'] : undefined);
