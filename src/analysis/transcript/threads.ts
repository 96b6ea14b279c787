import { beginsAlike, compare, goesOn, isRelated, type Candidate } from '../conversation/candidate.ts';
import { allNew, messageDeltaSteps } from '../conversation/messageDelta.ts';
import type { CallMessages, MessageDelta } from '../conversation/types.ts';
import type { Steps } from '../steps.ts';

/** Calls that a conversation may go on from: the latest of its own agent, and of any. */
const OF_AGENT = 8;
const OF_ALL = 16;
/** Where no beginning is in common, so many of its own agent are compared message by message. */
const COMPARED = 2;
/** Fewer messages than this are no history that somebody would cut or sum up. */
const HISTORY = 4;

interface Head<Call extends CallMessages> {
  readonly messages: Call;
  readonly call: number;
  readonly agent: object;
}

/** What is new in a call, which call so far it goes on from, and whether that held words of a model or a tool. */
export interface Continued<Call extends CallMessages> {
  readonly delta: MessageDelta;
  readonly previous: Call | null;
  readonly spoken: boolean;
}

/**
 * The calls so far that a next one may go on from. `newInCall` answers for one call and looks back for it; here each
 * call is read once, in order, and a few of the latest are kept.
 */
export class Threads<Call extends CallMessages = CallMessages> {
  readonly #recent: Head<Call>[] = [];
  readonly #ofAgent = new WeakMap<object, Head<Call>[]>();

  *next({ input }: CallMessages, call: number, agent: object): Steps<Continued<Call>> {
    const own = this.#ofAgent.get(agent) ?? [];
    let best: Candidate | null = null;
    let previous: Call | null = null;
    for (const head of [...own.toReversed(), ...this.#recent.toReversed()]) {
      yield;
      if (head.call === best?.call || !beginsAlike(head.messages, input)) continue;
      const candidate = compare(head.messages, input, head.call, head.agent === agent);
      if (!goesOn(candidate) || (best && best.shared >= candidate.shared)) continue;
      best = candidate;
      previous = head.messages;
      if (candidate.whole && (candidate.answered || candidate.output.length === 0)) break;
    }
    if (best) return { delta: yield* messageDeltaSteps(best, input), previous, spoken: best.spoken };
    for (const { messages } of own.slice(-COMPARED).toReversed()) {
      if (messages.input.length < HISTORY) continue;
      const candidate = compare(messages, input, call, true);
      const delta = yield* messageDeltaSteps(messages, input);
      if (isRelated(candidate, delta, input)) return { delta, previous: messages, spoken: true };
    }
    return { delta: allNew(input), previous: null, spoken: false };
  }

  add(messages: Call, call: number, agent: object): void {
    const head = { messages, call, agent };
    const own = this.#ofAgent.get(agent) ?? [];
    this.#ofAgent.set(agent, own);
    own.push(head);
    if (own.length > OF_AGENT) own.shift();
    this.#recent.push(head);
    if (this.#recent.length > OF_ALL) this.#recent.shift();
  }
}
