import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import type { GatheredDocument, SpanSink } from '../types.ts';
import { isExport, isMessage } from './signs.ts';

export interface Session {
  readonly id: string;
  info: Fields;
  readonly messages: Map<string, Message>;
  last: Message | null;
}

export interface Message {
  readonly id: string;
  info: Fields;
  /** By their ids: what comes again replaces what came before. */
  readonly parts: Map<string, Fields>;
  readonly sources: Fields[];
  /** The last part that tells how a call of the model ended. */
  finish: Fields | null;
}

/** What a user said, and all that was done until the next. */
export interface Turn {
  readonly id: string;
  readonly prompt: Message | null;
  readonly answers: Message[];
}

export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

/** The sessions among documents. What `opencode run` printed says less of a message than an export, which goes before. */
export function sessionsOf(documents: readonly GatheredDocument[], sink: SpanSink): readonly Session[] {
  const sessions = new Map<string, Session>();
  const entries = entriesOf(documents, sink).map(({ fields }) => fields);
  const told = entries.filter((fields) => isExport(fields) || isMessage(fields));
  for (const fields of told) {
    const info = fieldsOf(fields['info']);
    if (!isExport(fields)) takeMessage(fields, sessionOf(sessions, info['sessionID']), sink);
    else {
      const session = sessionOf(sessions, info['id']);
      session.info = info;
      for (const message of fields['messages'] as readonly unknown[]) takeMessage(message, session, sink);
    }
  }
  const known = new Set(told);
  for (const fields of entries) if (!known.has(fields)) takeLine(fields, sessions);
  return Array.from(sessions.values());
}

function sessionOf(sessions: Map<string, Session>, named: unknown): Session {
  const id = textOf(named) ?? 'session';
  let session = sessions.get(id);
  if (!session) sessions.set(id, (session = { id, info: {}, messages: new Map(), last: null }));
  return session;
}

function messageOf(session: Session, named: unknown): Message {
  const id = textOf(named) ?? `${session.id}-message-${session.messages.size + 1}`;
  let message = session.messages.get(id);
  if (!message) session.messages.set(id, (message = { id, info: {}, parts: new Map(), sources: [], finish: null }));
  session.last = message;
  return message;
}

function takeMessage(value: unknown, session: Session, sink: SpanSink): void {
  if (!isObject(value) || !isMessage(value)) {
    sink.diagnostic('span-not-object', 'An entry among the messages is none and was left out.');
    return;
  }
  const info = fieldsOf(value['info']);
  const message = messageOf(session, info['id']);
  message.info = info;
  message.sources.push(value);
  for (const part of (value['parts'] as readonly unknown[]).filter(isObject)) takePart(message, part);
}

function takePart(message: Message, part: Fields): void {
  const { parts } = message;
  parts.set(textOf(part['id']) ?? `part-${parts.size + 1}`, part);
  if (part['type'] === 'step-finish') message.finish = part;
}

/** A line holds one part of an answer, or the failure of the run. */
function takeLine(line: Fields, sessions: Map<string, Session>): void {
  const session = sessionOf(sessions, line['sessionID']);
  const part = isObject(line['part']) ? line['part'] : null;
  const { last } = session;
  const { error } = line;
  if (!part && last?.info['error'] !== undefined) return;
  const message = part || !last || isEnd(last) ? messageOf(session, part?.['messageID']) : last;
  message.sources.push(line);
  if (part) takePart(message, part);
  if ('role' in message.info) return;
  // Nothing says when the call began: the earliest time of it.
  const { timestamp } = line;
  const begun = fieldsOf(fieldsOf(part?.['state'])['time'] ?? part?.['time'])['start'];
  const times = [fieldsOf(message.info['time'])['created'], begun, timestamp];
  const created = times.reduce<number | null>((first, time) => {
    const each = amount(time);
    return first === null || (each !== null && each < first) ? each : first;
  }, null);
  const failed = error === undefined ? {} : { error };
  message.info = { ...failed, time: { created, ...(error === undefined ? {} : { completed: timestamp }) } };
}

/** The model calls no tool any more, so the turn is over. */
function isEnd({ info, finish }: Message): boolean {
  const reason = textOf(finish?.['reason']) ?? textOf(info['finish']);
  return reason !== null && reason !== 'tool-calls';
}

/** Answers name what they answer. Printed ones do not: a turn of them ends with the last answer. */
export function turnsOf({ messages }: Session): readonly Turn[] {
  const turns: Turn[] = [];
  const byPrompt = new Map<string, Turn>();
  let isOver = true;
  const begin = (id: string, prompt: Message | null): Turn => {
    const turn: Turn = { id, prompt, answers: [] };
    turns.push(turn);
    return turn;
  };
  for (const message of messages.values()) {
    const { id, info } = message;
    if (info['role'] === 'user') {
      byPrompt.set(id, begin(id, message));
      isOver = false;
      continue;
    }
    const asked = byPrompt.get(textOf(info['parentID']) ?? '');
    const turn = asked ?? (isOver ? begin(`${id}-turn`, null) : turns.at(-1)!);
    turn.answers.push(message);
    isOver = !('role' in info) && (isEnd(message) || 'error' in info);
  }
  return turns;
}
