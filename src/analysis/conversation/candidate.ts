import type { Message } from '../../model/types.ts';
import { isInstruction, isSame, nearness, saidIn, type Said } from './said.ts';
import type { CallMessages, MessageDelta } from './types.ts';

/** An earlier call and how far what was said in it begins what is sent now. */
export interface Candidate extends CallMessages {
  readonly call: number;
  readonly sameAgent: boolean;
  /** Messages in common from the start on, without instructions. */
  readonly shared: number;
  /** All that was sent then is among them; also an answer. */
  readonly whole: boolean;
  readonly answered: boolean;
  /** One of them was said by the model or a tool: nobody begins a conversation with that. */
  readonly spoken: boolean;
  /** Both have the same instructions, or none. */
  readonly instructed: boolean;
}

/** Whether the first words behind the instructions are the same: else nothing is in common from the start on. */
export function beginsAlike({ input }: CallMessages, now: readonly Message[]): boolean {
  const at = input.findIndex((message) => !isInstruction(message));
  const first = now.find((message) => !isInstruction(message));
  return at !== -1 && first !== undefined && isLike({ message: input[at]!, side: 'input', at }, first);
}

/** How an earlier call stands to what is sent now. */
export function compare(
  messages: CallMessages,
  input: readonly Message[],
  call: number,
  sameAgent: boolean,
): Candidate {
  const said = saidIn(messages);
  const [before, now] = [instructionsOf(messages.input), instructionsOf(input)];
  let shared = 0;
  let spoken = false;
  let answered = false;
  let place = before.length;
  for (
    let at = now.length;
    place < said.length && at < input.length && isLike(said[place]!, input[at]!);
    place += 1, at += 1
  ) {
    shared += 1;
    spoken ||= input[at]!.role !== 'user';
    answered ||= said[place]!.side === 'output';
  }
  const instructed =
    before.length === now.length && before.every((message, at) => isSame({ message, side: 'input', at }, now[at]!));
  return { ...messages, call, sameAgent, shared, whole: place >= messages.input.length, answered, spoken, instructed };
}

/** The instructions in front of a conversation. */
function instructionsOf(messages: readonly Message[]): readonly Message[] {
  const first = messages.findIndex((message) => !isInstruction(message));
  return first === -1 ? messages : messages.slice(0, first);
}

const isLike = (said: Said, message: Message): boolean => isSame(said, message) || nearness(said, message) !== null;

/** Whether what is sent now may be the earlier call taken further. */
export const goesOn = ({ shared, spoken, instructed, sameAgent }: Candidate): boolean =>
  shared > 0 && (spoken || (sameAgent && instructed));

/** Something that the model or a tool said is there still, or all that is left stands in a summary. */
export function isRelated(
  { instructed }: Candidate,
  { runs, history }: MessageDelta,
  input: readonly Message[],
): boolean {
  const kept = runs.some(
    (run) =>
      run.type !== 'new' &&
      !(run.type === 'near' && run.change === 'edited') &&
      input.slice(run.from, run.to).some(({ role }) => role === 'assistant' || role === 'tool'),
  );
  return kept || (history === 'compacted' && instructed);
}
