import type { Message } from '../../model/types.ts';
import { atOnce, type Steps } from '../steps.ts';
import { alignMessages, type Alignment } from './alignMessages.ts';
import { asSent, isInstruction, saidIn, textOfMessage, type Said } from './said.ts';
import type { CallMessages, DroppedRun, HistoryChange, MessageDelta, MessageRun } from './types.ts';

/**
 * Words with which agents begin the summary that takes the place of what was said. Only asked where something was left
 * out.
 */
const SUMMARY_WORDS =
  /\b(?:summary|summari[sz]ed?|compact(?:ed|ion)|condensed|recap|(?:conversation|history|context) so far|(?:previous|earlier|prior) (?:conversation|messages|turns|context)|continued from)\b/i;
/** Such words stand in the beginning. */
const BEGINNING = 2000;

/** Whether a message reads like a summary of what was said. */
export const readsLikeSummary = (message: Message): boolean =>
  SUMMARY_WORDS.test(textOfMessage(message).slice(0, BEGINNING));

/** What is new in the messages sent to a model as compared with an earlier call. */
export const messageDelta = (previous: CallMessages, input: readonly Message[]): MessageDelta =>
  atOnce(messageDeltaSteps(previous, input));

/**
 * The same in steps. `isSummary` = whether a message that was not there before stands for others that were. @default by
 * its words
 */
export function* messageDeltaSteps(
  previous: CallMessages,
  input: readonly Message[],
  isSummary: (message: Message) => boolean = readsLikeSummary,
): Steps<MessageDelta> {
  const said = saidIn(previous);
  const alignment = yield* alignMessages(said, input);
  const runs = runsOf(alignment, said, input);
  const dropped = droppedIn(alignment, said);
  const { history, summary } = historyOf(alignment, said, input, isSummary);
  const counts = { asBefore: 0, changed: 0, fresh: 0, dropped: 0 };
  for (const run of runs) {
    if (run.type === 'new') counts.fresh += run.to - run.from;
    else if (run.type === 'near' && run.change !== 'shape') counts.changed += 1;
    else counts.asBefore += run.to - run.from;
  }
  for (const { side, from, to } of dropped) if (side === 'input') counts.dropped += to - from;
  return { runs, dropped, history, summary, counts };
}

/** All messages of a call are new: it continues nothing. */
export const allNew = (input: readonly Message[]): MessageDelta => ({
  runs: input.length === 0 ? [] : [{ type: 'new', from: 0, to: input.length, messages: input }],
  dropped: [],
  history: 'continued',
  summary: null,
  counts: { asBefore: 0, changed: 0, fresh: input.length, dropped: 0 },
});

/** The messages that were sent, from those of the previous call and what is new: exactly these. */
export function rebuildMessages(previous: CallMessages, { runs }: Pick<MessageDelta, 'runs'>): readonly Message[] {
  const messages: Message[] = [];
  for (const run of runs) {
    if (run.type === 'near') messages.push(run.message);
    else if (run.type === 'new') for (const message of run.messages) messages.push(message);
    else
      for (let at = run.at; at < run.at + run.to - run.from; at += 1)
        messages.push(run.side === 'input' ? previous.input[at]! : asSent(previous.output[at]!));
  }
  return messages;
}

function runsOf({ match, change }: Alignment, said: readonly Said[], input: readonly Message[]): readonly MessageRun[] {
  const runs: MessageRun[] = [];
  for (let from = 0, to = 0; from < input.length; from = to) {
    to = from + 1;
    const place = match[from]!;
    const near = change[from] ?? null;
    if (place === -1) {
      while (to < input.length && match[to] === -1) to += 1;
      runs.push({ type: 'new', from, to, messages: input.slice(from, to) });
      continue;
    }
    const { side, at } = said[place]!;
    if (near !== null) {
      runs.push({ type: 'near', from, to, side, at, change: near, message: input[from]! });
      continue;
    }
    while (
      to < input.length &&
      match[to] === place + to - from &&
      change[to] === null &&
      said[match[to]!]!.side === side
    )
      to += 1;
    runs.push({ type: 'same', from, to, side, at });
  }
  return runs;
}

/** Which messages that were said are sent, by place; -1 = not sent any more. */
function sentAt({ match }: Alignment, count: number): Int32Array {
  const at = new Int32Array(count).fill(-1);
  for (let place = 0; place < match.length; place += 1) if (match[place] !== -1) at[match[place]!] = place;
  return at;
}

function droppedIn(alignment: Alignment, said: readonly Said[]): readonly DroppedRun[] {
  const sent = sentAt(alignment, said.length);
  const runs: DroppedRun[] = [];
  let before = 0;
  for (let from = 0, to = 0; from < said.length; from = to) {
    to = from + 1;
    if (sent[from] !== -1) {
      before = sent[from]! + 1;
      continue;
    }
    const { side, at } = said[from]!;
    while (to < said.length && sent[to] === -1 && said[to]!.side === side) to += 1;
    runs.push({ side, from: at, to: at + to - from, before });
  }
  return runs;
}

function historyOf(
  alignment: Alignment,
  said: readonly Said[],
  input: readonly Message[],
  isSummary: (message: Message) => boolean,
): { readonly history: HistoryChange; readonly summary: number | null } {
  const { match, change } = alignment;
  const sent = sentAt(alignment, said.length);
  const isLeftOut = (place: number): boolean =>
    sent[place] === -1 && said[place]!.side === 'input' && !isInstruction(said[place]!.message);
  let leftOut = 0;
  let lastLeftOut = -1;
  for (let place = 0; place < said.length; place += 1) {
    if (!isLeftOut(place)) continue;
    leftOut += 1;
    lastLeftOut = place;
  }
  if (leftOut === 0) {
    const isAll = input.length === said.filter(({ side }) => side === 'input').length;
    return {
      history: isAll && match.every((place, at) => place === at && change[at] === null) ? 'repeated' : 'continued',
      summary: null,
    };
  }
  /** Something of the conversation that stood behind what is left out is there still. */
  const goesOn = match.some((place, at) => place > lastLeftOut && !isInstruction(input[at]!));
  const summary = summaryAmong(alignment, said, input, isLeftOut, leftOut, goesOn, isSummary);
  if (summary !== null) return { history: 'compacted', summary };
  return { history: goesOn ? 'trimmed' : 'branched', summary: null };
}

/**
 * The message that stands for others. Between neighbours that stayed, any new text in the place of two messages or more
 * does; where nothing follows that was said before, what is new might as well be just what comes next, so it has to
 * read like a summary. Instructions that now hold one count too.
 */
function summaryAmong(
  { match, change }: Alignment,
  said: readonly Said[],
  input: readonly Message[],
  isLeftOut: (place: number) => boolean,
  leftOut: number,
  goesOn: boolean,
  isSummary: (message: Message) => boolean,
): number | null {
  let firstLeftOut = 0;
  while (!isLeftOut(firstLeftOut)) firstLeftOut += 1;
  let candidate: number | null = null;
  /** What is new between the last match before the messages left out and the next one. */
  let from = 0;
  for (let at = 0; at < input.length; at += 1) {
    const place = match[at]!;
    if (place !== -1 && place < firstLeftOut) from = at + 1;
    if (change[at] === 'system' && isSummary(input[at]!) && !isSummary(said[place]!.message)) return at;
  }
  for (let at = from; at < input.length && match[at] === -1; at += 1) {
    const message = input[at]!;
    if (!isSpoken(message)) continue;
    if (isSummary(message)) return at;
    if (goesOn && leftOut > 1) candidate ??= at;
  }
  return candidate;
}

/** Text and nothing of tools. */
const isSpoken = (message: Message): boolean =>
  textOfMessage(message) !== '' && message.parts.every(({ type }) => type !== 'toolCall' && type !== 'toolResult');
