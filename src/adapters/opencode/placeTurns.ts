import { isObject } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { lastBegun } from '../spans/lastBegun.ts';
import { outermostSenders } from '../spans/outermostSenders.ts';
import { turnsOf, type Session, type Turn } from './sessions.ts';

/** Where a turn of an agent that was sent off stands: below the call that did it, in the trace of the outermost turn. */
export interface TurnPlace {
  readonly traceId: string;
  readonly parentSpanId: string;
  readonly sessionId: string;
}

interface Sent {
  readonly session: Session;
  readonly turn: Turn;
  readonly callId: string;
  readonly start: number | null;
}

/** A turn of a session, and its place if another session among these asked for it. */
export interface PlacedTurn {
  readonly session: Session;
  readonly turn: Turn;
  readonly place: TurnPlace | null;
}

/** The tool `task` says which session it made. It may send the same one more to do, which is another turn of that. */
export function placeTurns(sessions: readonly Session[]): readonly PlacedTurn[] {
  const all = sessions.flatMap((session) => turnsOf(session).map((turn) => ({ session, turn })));
  const sent = new Map<string, Sent[]>();
  for (const { session, turn } of all)
    for (const { parts } of turn.answers)
      for (const [callId, part] of parts) {
        const state = isObject(part['state']) ? part['state'] : {};
        const agent = textOf(isObject(state['metadata']) ? state['metadata']['sessionId'] : null);
        if (part['type'] !== 'tool' || agent === null || agent === session.id) continue;
        const start = amount(isObject(state['time']) ? state['time']['start'] : null);
        const calls = sent.get(agent);
        if (calls) calls.push({ session, turn, callId, start });
        else sent.set(agent, [{ session, turn, callId, start }]);
      }
  const found = new Map(Array.from(sent, ([agent, calls]) => [agent, lastBegun(calls, ({ start }) => start)]));
  /** The last call before the turn began. */
  const callOf = (session: Session, turn: Turn): Sent | undefined => {
    const calls = sent.get(session.id);
    const began = beganAt(turn);
    return (began === null ? calls?.at(-1) : found.get(session.id)?.(began)) ?? calls?.[0];
  };
  const outermost = outermostSenders((call: Sent) => callOf(call.session, call.turn));
  return all.map(({ session, turn }) => ({ session, turn, place: placeOf(callOf(session, turn), outermost) }));
}

function beganAt({ prompt, answers }: Turn): number | null {
  const { time } = (prompt ?? answers[0])?.info ?? {};
  return amount(isObject(time) ? time['created'] : null);
}

function placeOf(own: Sent | undefined, outermost: (call: Sent) => Sent | null): TurnPlace | null {
  const first = own && outermost(own);
  return first ? { traceId: first.turn.id, parentSpanId: own.callId, sessionId: first.session.id } : null;
}
