import type { Message, Nanos, SpanKey, SpanStatus } from '../../model/types.ts';

/**
 * What a call of a model adds to its conversation, and which call of a tool belongs to which result.
 *
 *     newInCall(trace, index, { signal })       which call this one continues, and what of its messages is new      newInCall.ts
 *     messageDelta(previous, input)             the same for two calls whose messages are at hand                   messageDelta.ts
 *     rebuildMessages(previous, delta)          exactly the messages that were sent                                 messageDelta.ts
 *     toolPairs(messages)                       calls and results within one span's messages                        toolPairs.ts
 *     toolRuns(trace, index, messages, { signal })   the tool spans that ran these calls, by place of the pair      toolRuns.ts
 *     argumentDigest(content, most?)            one line about the arguments of a tool call                         argumentDigest.ts
 */

/** The messages of a call: what was sent to the model, and what it answered. Same shape as `SpanContent.messages`. */
export interface CallMessages {
  readonly input: readonly Message[];
  readonly output: readonly Message[];
}

/**
 * A stretch of the messages sent, in order; all stretches together cover all of them, each once. `from` and `to` are
 * places in the input of this call (to = behind the last), `side` and `at` the place of its first message in the
 * previous call: in what was sent to the model then, or in what it answered.
 *
 * - `same`: exactly as before. An answer is the same when all but its finish reason is.
 * - `near`: the same message, changed. `shape`: it says the same in another form (an answer that comes back without its
 * reasoning); `system`: the
 *   instructions are others; `result`: the result of a tool is another now (cleared, shortened); `edited`: another message of the same role stands between the
 *   same neighbours. Always one message long.
 * - `new`: was not there before.
 */
export type MessageRun =
  | {
      readonly type: 'same';
      readonly from: number;
      readonly to: number;
      readonly side: 'input' | 'output';
      readonly at: number;
    }
  | {
      readonly type: 'near';
      readonly from: number;
      readonly to: number;
      readonly side: 'input' | 'output';
      readonly at: number;
      readonly change: NearChange;
      readonly message: Message;
    }
  | { readonly type: 'new'; readonly from: number; readonly to: number; readonly messages: readonly Message[] };

export type NearChange = 'shape' | 'system' | 'result' | 'edited';

/**
 * A stretch of the previous call's messages that is not sent any more. `before` = the place in the input of this call
 * in front of which it stood.
 */
export interface DroppedRun {
  readonly side: 'input' | 'output';
  readonly from: number;
  readonly to: number;
  readonly before: number;
}

/**
 * What became of what was said before.
 *
 * - `continued`: all of it is there still (perhaps some of it changed), more may have been added.
 * - `repeated`: what was sent is what was sent before, nothing more: a retry.
 * - `trimmed`: some of it is left out and nothing stands in its place.
 * - `compacted`: some of it is left out and a summary stands in its place.
 * - `branched`: the conversation was taken up again from an earlier point, and goes on differently from there.
 */
export type HistoryChange = 'continued' | 'repeated' | 'trimmed' | 'compacted' | 'branched';

/** What is new in a call as compared with another. Plain data. */
export interface MessageDelta {
  /** In the order of the messages; none where nothing was sent. */
  readonly runs: readonly MessageRun[];
  readonly dropped: readonly DroppedRun[];
  readonly history: HistoryChange;
  /** Place in the input of the message that stands for what was left out; only where `history` is `compacted`. */
  readonly summary: number | null;
  /**
   * How many messages are as before (`same`, and `near` in another shape), are changed, are new, and how many are not
   * sent any more.
   */
  readonly counts: {
    readonly asBefore: number;
    readonly changed: number;
    readonly fresh: number;
    readonly dropped: number;
  };
}

/**
 * A delta and the call it is taken from. Where no earlier call is of the same conversation, `previous` is null and all
 * messages are new.
 */
export interface NewInCall extends MessageDelta {
  readonly previous: SpanKey | null;
  /** The call that wrote the summary, where the text of an answer of an earlier call stands in it. */
  readonly summarisedBy: SpanKey | null;
}

/** Where a part stands in the messages of a span. */
export interface PartPlace {
  readonly side: 'input' | 'output';
  readonly message: number;
  readonly part: number;
}

/**
 * A call of a tool and what came back. One of the two may be missing: a call without an answer, a result whose call was
 * left out.
 */
export interface ToolPair {
  /** Number of the pair in `ToolPairs.pairs`. */
  readonly place: number;
  /** Null where only a result is there that does not say of which tool. */
  readonly name: string | null;
  readonly id: string | null;
  readonly call: PartPlace | null;
  readonly result: PartPlace | null;
  /** How the two were brought together; null where one is missing. */
  readonly by: 'id' | 'order' | null;
  /** The result says that it is an error. */
  readonly failed: boolean;
}

export interface ToolPairs {
  /** In the order in which calls (and results without a call) stand. */
  readonly pairs: readonly ToolPair[];
  /** The pair of a part; undefined where it is neither call nor result. */
  at(side: PartPlace['side'], message: number, part: number): ToolPair | undefined;
}

/** The span that ran a call of a tool: where a press on the call leads. */
export interface ToolRun {
  readonly key: SpanKey;
  /** NaN where unknown. */
  readonly duration: Nanos;
  readonly status: SpanStatus;
  readonly by: 'id' | 'order';
}
