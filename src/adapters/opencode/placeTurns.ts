import { isObject } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { outermostSender } from '../spans/outermostSender.ts';
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
  return all.map(({ session, turn }) => ({ session, turn, place: placeOf(session, turn, sent) }));
}

/** The last call before the turn began. */
function callOf(session: Session, { prompt, answers }: Turn, sent: ReadonlyMap<string, readonly Sent[]>) {
  const calls = sent.get(session.id);
  const { time } = (prompt ?? answers[0])?.info ?? {};
  const began = amount(isObject(time) ? time['created'] : null);
  return calls?.findLast(({ start }) => began === null || start === null || start <= began) ?? calls?.[0];
}

function placeOf(session: Session, turn: Turn, sent: ReadonlyMap<string, readonly Sent[]>): TurnPlace | null {
  const own = callOf(session, turn, sent);
  const agentOf = (sender: Sent): Session => sender.session;
  const first = own && outermostSender(session, own, agentOf, (sender) => callOf(sender.session, sender.turn, sent));
  return first ? { traceId: first.turn.id, parentSpanId: own.callId, sessionId: first.session.id } : null;
}
