import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { timeBefore } from '../spans/times.ts';
import type { GatheredDocument, SpanSink } from '../types.ts';
import { isAgentFacts } from './signs.ts';

/** What the program measured: a call of the model, or of a tool. It ended at `end`. */
export interface Measured {
  readonly line: Fields;
  readonly event: Fields;
  readonly end: string | null;
  readonly milliseconds: number | null;
}

/** What one agent did, line by line: that of the session itself, or one that it sent off. */
export interface Lane {
  readonly session: Session;
  /** Null = that of the session. */
  readonly agent: string | null;
  readonly lines: Fields[];
  /** Its calls of the model and of tools, in the order in which they ended. */
  readonly measures: Measured[];
}

export interface Session {
  readonly id: string;
  readonly lanes: Map<string | null, Lane>;
  /** By the ids of calls. */
  readonly tools: Map<string, Measured>;
  /** By agents, the call that sent each off. */
  readonly senders: Map<string, string>;
}

export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

/** The event of the program's own telemetry in a line. */
export const eventOf = (line: Fields): Fields | null =>
  line['subtype'] === 'ui_telemetry' ? fieldsOf(fieldsOf(line['systemPayload'])['uiEvent']) : null;

/** Sorts lines by session and agent. The same line again counts once. */
export function sessionsOf(documents: readonly GatheredDocument[], sink: SpanSink): readonly Session[] {
  const sessions = new Map<string, Session>();
  const seen = new Set<string>();
  let repeats = 0;
  const sessionOf = (named: unknown): Session => {
    const id = textOf(named) ?? '';
    let session = sessions.get(id);
    if (!session) sessions.set(id, (session = { id, lanes: new Map(), tools: new Map(), senders: new Map() }));
    return session;
  };
  for (const { fields } of entriesOf(documents, sink)) {
    if (isAgentFacts(fields)) {
      const [agent, call] = [textOf(fields['agentId']), textOf(fields['toolUseId'])];
      if (agent !== null && call !== null) sessionOf(fields['parentSessionId']).senders.set(agent, call);
      continue;
    }
    const uuid = textOf(fields['uuid']);
    if (uuid !== null && seen.has(uuid)) repeats += 1;
    else takeLine(fields, sessionOf(fields['sessionId']));
    if (uuid !== null) seen.add(uuid);
  }
  if (repeats > 0)
    sink.diagnostic('duplicate-span', 'The same line of a session came more than once and counts once.', {
      count: repeats,
    });
  return Array.from(sessions.values());
}

function takeLine(line: Fields, session: Session): void {
  const event = eventOf(line);
  if (event) measure(line, event, session);
  else laneOf(session, textOf(line['agentId'])).lines.push(line);
}

function laneOf(session: Session, agent: string | null): Lane {
  let lane = session.lanes.get(agent);
  if (!lane) session.lanes.set(agent, (lane = { session, agent, lines: [], measures: [] }));
  return lane;
}

/** The file of the session tells the measures of its agents too. */
function measure(line: Fields, event: Fields, session: Session): void {
  const name = textOf(event['event.name']) ?? '';
  const measured: Measured = {
    line,
    event,
    end: textOf(event['event.timestamp']) ?? textOf(line['timestamp']),
    milliseconds: amount(event['duration_ms']),
  };
  const call = textOf(event['call_id']);
  const isToolCall = name.endsWith('.tool_call') && call !== null;
  if (isToolCall) session.tools.set(call, measured);
  if (!isToolCall && !/\.api_(?:response|error)$/.test(name)) return;
  const named = event['subagent_id'] ?? line['agentId'] ?? AGENT.exec(textOf(event['prompt_id']) ?? '')?.[1];
  laneOf(session, textOf(named)).measures.push(measured);
}

/** The session, the agent, and which of its prompts it was. */
const AGENT = /^[^#]+#([^#]+)#\d+$/;

export const isTool = ({ event }: Measured): boolean => 'call_id' in event;
export const isFailure = ({ event }: Measured): boolean => 'error_message' in event || 'error_type' in event;

/** When it began, as ISO text. */
export const startOf = ({ end, milliseconds }: Pick<Measured, 'end' | 'milliseconds'>): string | null =>
  timeBefore(end, milliseconds);
