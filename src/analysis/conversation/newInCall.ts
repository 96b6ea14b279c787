import type { Message, SpanContent, Trace } from '../../model/types.ts';
import { contentOf } from '../query/match/matchQuery.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import { soon, type StepsOptions } from '../steps.ts';
import { earlierCalls } from './earlierCalls.ts';
import { compare, goesOn, isRelated, type Candidate } from './candidate.ts';
import { allNew, messageDeltaSteps, readsLikeSummary } from './messageDelta.ts';
import { textOfMessage } from './said.ts';
import type { CallMessages, MessageDelta, NewInCall } from './types.ts';

/**
 * Earlier calls that are read, of the same agent and of others: a conversation goes on from a call nearby, and what
 * each holds may be large.
 */
const OF_AGENT_AT_MOST = 32;
const OF_OTHERS_AT_MOST = 16;
/** Calls that are compared message by message where no call begins as this one does. */
const COMPARED_AT_MOST = 8;
/** A shorter answer stands in many texts. */
const SUMMARY_AT_LEAST = 40;

/**
 * Which earlier call a call continues, and what of its messages is new. Time alone says nothing: calls of one agent may
 * run side by side, and one agent may hand over to another. The call before is the one that shares the longest
 * beginning; of those that share as much the latest. The same agent with the same instructions goes on where the
 * question is the same; else an answer of the earlier call, or one before it, has to be there. Where the history was
 * cut or replaced by a summary the beginning is gone, and what is left of it tells.
 *
 * Null where the span holds no messages. Rejects with the reason of the signal when aborted. Reads no more than some 60
 * contents, nearest first.
 */
export async function newInCall(trace: Trace, index: number, options: StepsOptions = {}): Promise<NewInCall | null> {
  const messages = messagesOf(await contentOf(trace, index));
  if (!messages) return null;
  const { input } = messages;
  const { candidates, best } = await lookBack(trace, index, input, options);
  if (best && goesOn(best))
    return await described(trace, best, candidates, input, await deltaOf(best, input, options), options);
  for (const candidate of candidates.filter(({ sameAgent }) => sameAgent).slice(0, COMPARED_AT_MOST)) {
    const delta = await deltaOf(candidate, input, options);
    if (isRelated(candidate, delta, input)) return described(trace, candidate, candidates, input, delta, options);
    const found = await bySummary(trace, candidate, candidates, input, delta, options);
    if (found) return found;
  }
  return { ...allNew(input), previous: null, summarisedBy: null };
}

const messagesOf = (content: SpanContent | null): CallMessages | null => content?.messages ?? null;

const deltaOf = (
  candidate: Candidate,
  input: readonly Message[],
  options: StepsOptions,
): MessageDelta | Promise<MessageDelta> => soon(messageDeltaSteps(candidate, input), options);

/** Reads earlier calls until one is found whose messages, answer included, begin those that are sent now. */
async function lookBack(
  trace: Trace,
  index: number,
  input: readonly Message[],
  { signal }: StepsOptions,
): Promise<{ readonly candidates: readonly Candidate[]; readonly best: Candidate | null }> {
  const yieldTurn = createTimeSlices();
  const candidates: Candidate[] = [];
  let best: Candidate | null = null;
  let ofAgent = 0;
  let ofOthers = 0;
  for (const { call, sameAgent } of earlierCalls(trace, index)) {
    // What other agents said counts only where the own agent has nothing.
    if (!sameAgent && ((best && goesOn(best)) || ofOthers === OF_OTHERS_AT_MOST)) break;
    if (sameAgent && ofAgent === OF_AGENT_AT_MOST) continue;
    if (sameAgent) ofAgent += 1;
    else ofOthers += 1;
    const messages = messagesOf(await contentOf(trace, call));
    signal?.throwIfAborted();
    await yieldTurn();
    signal?.throwIfAborted();
    if (!messages || messages.input.length === 0) continue;
    const candidate = compare(messages, input, call, sameAgent);
    candidates.push(candidate);
    if (!goesOn(candidate) || (best && best.shared >= candidate.shared)) continue;
    best = candidate;
    if (candidate.whole && (candidate.answered || candidate.output.length === 0)) break;
  }
  return { candidates, best };
}

/** A history of which nothing is left but what an earlier answer says of it. */
async function bySummary(
  trace: Trace,
  candidate: Candidate,
  candidates: readonly Candidate[],
  input: readonly Message[],
  delta: MessageDelta,
  options: StepsOptions,
): Promise<NewInCall | null> {
  if (delta.counts.dropped < 2) return null;
  const found = await described(trace, candidate, candidates, input, delta, options);
  return found.summarisedBy === null ? null : found;
}

/**
 * The delta with the keys of the calls. Where much was left out, the answer of an earlier call that stands in what is
 * new is the summary of it.
 */
async function described(
  trace: Trace,
  { call, ...candidate }: Candidate,
  candidates: readonly Candidate[],
  input: readonly Message[],
  delta: MessageDelta,
  options: StepsOptions,
): Promise<NewInCall> {
  const previous = trace.span(call).key;
  if (delta.counts.dropped < 2 || delta.history === 'trimmed') return { ...delta, previous, summarisedBy: null };
  for (const { call: by, output } of candidates) {
    const answer = output.map(textOfMessage).join('\n').trim();
    if (answer.length < SUMMARY_AT_LEAST) continue;
    const holds = (message: Message): boolean => !isAnswer(message) && textOfMessage(message).includes(answer);
    if (
      !delta.runs.some((run) =>
        run.type === 'new' ? run.messages.some(holds) : run.type === 'near' && holds(run.message),
      )
    )
      continue;
    const told = await soon(
      messageDeltaSteps(candidate, input, (message) => readsLikeSummary(message) || holds(message)),
      options,
    );
    return { ...told, previous, summarisedBy: told.history === 'compacted' ? trace.span(by).key : null };
  }
  return { ...delta, previous, summarisedBy: null };
}

/** An answer that comes back as one is history, not a summary of it. */
const isAnswer = ({ role }: Message): boolean => role === 'assistant';
