import { ERROR_STATUS, kindCode } from '../../model/codes.ts';
import type { Message, Nanos, Part, Span, SpanContent, Trace } from '../../model/types.ts';
import { ledger } from '../amounts/ledger.ts';
import { isInstruction, textOfMessage } from '../conversation/said.ts';
import type { CallMessages } from '../conversation/types.ts';
import type { Steps } from '../steps.ts';
import { spokenText } from './spokenText.ts';
import { Threads } from './threads.ts';
import { ToolLines, type Asked, type ToolLine } from './toolLines.ts';
import type { SpokenPart, TranscriptLine } from './types.ts';

const AGENT = kindCode('agent');
const LLM = kindCode('llm');
const TOOL = kindCode('tool');
const EVENT = kindCode('event');
/** Kinds whose spans say something by themselves. */
const STEPS = new Set(['retriever', 'guardrail', 'evaluator', 'memory'].map(kindCode));
/** What goes in and out of these is no speech. */
const TRANSPORT = new Set(['http', 'db', 'rpc', 'messaging'].map(kindCode));
/** Events of an agent that say what became of the conversation. */
const TURNS = /compact|condens|interrupt|rewind|abort|truncat/i;

type LineOf<Type extends TranscriptLine['type']> = Extract<TranscriptLine, { type: Type }>;
type Told = { [Type in TranscriptLine['type']]: Omit<LineOf<Type>, 'key' | 'index' | 'depth' | 'own'> };
type AnyTold = Told[TranscriptLine['type']];

/** An agent at work, or what is outermost: its lines belong together. */
interface Scope {
  readonly depth: number;
  readonly isAgent: boolean;
  readonly tools: ToolLines;
  /** What it was asked: a call that is told the same is not shown to be. */
  readonly asked: Set<string>;
  readonly events: { readonly name: string; readonly time: Nanos; readonly text: string | null }[];
  readonly opener: Span;
}

/** A part that is said, and how. */
interface SaidPart {
  readonly role: string;
  readonly name?: string | undefined;
  readonly part: SpokenPart;
  readonly own?: boolean;
  readonly summary?: boolean;
}

/** What is still to be said when a span is over. */
interface Closing {
  readonly end: number;
  run(): void;
}

/** Goes through the spans of a trace in order and writes the lines. */
export class Walk {
  readonly lines: TranscriptLine[] = [];
  readonly #trace: Trace;
  readonly #threads = new Threads();
  readonly #closings: Closing[] = [];
  readonly #scopes: Scope[] = [];
  /** Tool spans around the one that is looked at. */
  readonly #tools: ToolLine[] = [];
  /** By text, the line in which it stands. */
  readonly #said = new Map<string, number>();
  /** By id of the call, the latest line of a tool in any scope: a result may be told to another agent. */
  readonly #toolById = new Map<string, ToolLine>();
  readonly #instructions = new Set<string>();
  readonly #twins: ReadonlySet<string>;
  readonly #failedBelow: Uint8Array;
  readonly #modelBelow: Uint8Array;
  readonly #isSingle: boolean;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#twins = new Set(ledger(trace).countedOnce.map(({ key }) => key));
    const { parent, status, kind, subtreeEnd } = trace.columns;
    this.#failedBelow = new Uint8Array(trace.spanCount);
    this.#modelBelow = new Uint8Array(trace.spanCount);
    for (let index = trace.spanCount - 1; index > 0; index -= 1) {
      const up = parent[index]!;
      if (up < 0) continue;
      if (status[index] === ERROR_STATUS || this.#failedBelow[index] === 1) this.#failedBelow[up] = 1;
      if (kind[index] === LLM || this.#modelBelow[index] === 1) this.#modelBelow[up] = 1;
    }
    this.#isSingle = trace.spanCount > 0 && subtreeEnd[0] === trace.spanCount;
  }

  /** Whether its content is needed. */
  speaks(index: number): boolean {
    const { kind, parent } = this.#trace.columns;
    const code = kind[index]!;
    return (
      code === AGENT ||
      code === LLM ||
      code === TOOL ||
      code === EVENT ||
      STEPS.has(code) ||
      (parent[index] === -1 && !TRANSPORT.has(code))
    );
  }

  /** Says what is left of all spans that end before a span. */
  leaveUntil(index: number): void {
    while (this.#closings.length > 0 && this.#closings.at(-1)!.end <= index) this.#closings.pop()!.run();
  }

  *enter(index: number, content: SpanContent | null): Steps<void> {
    const { kind, parent, start, status } = this.#trace.columns;
    const code = kind[index]!;
    const span = this.#trace.span(index);
    if (parent[index] === -1 || code === AGENT) this.#open(span, content);
    this.#tellEvents(start[index]!);
    if (code === LLM) yield* this.#model(span, content);
    else if (code === TOOL) this.#tool(span, content);
    else if (code === EVENT) this.#event(span, content);
    else if (STEPS.has(code)) this.#step(span, content);
    else if (status[index] === ERROR_STATUS && this.#failedBelow[index] === 0 && this.#tools.at(-1)?.failed !== true)
      this.#tell(span, { type: 'error', name: span.name, message: span.statusMessage }, code !== AGENT);
    yield;
  }

  get #scope(): Scope {
    return this.#scopes.at(-1)!;
  }

  #tell(span: Pick<Span, 'key' | 'index'>, told: AnyTold, own = false): TranscriptLine {
    const line = { key: span.key, index: span.index, depth: this.#scope.depth, own, ...told } as TranscriptLine;
    this.lines.push(line);
    return line;
  }

  #closeAt(index: number, run: () => void): void {
    this.#closings.push({ end: this.#trace.columns.subtreeEnd[index]!, run });
  }

  #pushScope(span: Span, isAgent: boolean, depth: number, content: SpanContent | null): void {
    const events = (content?.events ?? [])
      .filter(({ name }) => TURNS.test(name))
      .map(({ name, time, attributes }) => ({ name, time, text: textAmong(attributes) }))
      .sort((a, b) => a.time - b.time);
    this.#scopes.push({ depth, isAgent, tools: new ToolLines(), asked: new Set(), events, opener: span });
  }

  /** An agent, or what is outermost, begins: what it is asked is said now, what it answers when it is over. */
  #open(span: Span, content: SpanContent | null): void {
    const { index, kind } = span;
    const isAgent = kind === 'agent';
    const isRoot = this.#trace.columns.parent[index] === -1;
    const around = isRoot ? undefined : this.#scope;
    this.#pushScope(span, isAgent, around ? around.depth + Number(around.isAgent) : 0, content);
    if (isAgent && !(isRoot && this.#isSingle)) this.#tell(span, { type: 'agent', name: span.name }, true);
    // Models and tools say by themselves what they are asked and answer.
    const speaks = content !== null && (isAgent || (kind !== 'llm' && kind !== 'tool'));
    if (speaks) this.#ask(span, content);
    this.#closeAt(index, () => {
      this.#flush();
      this.#tellEvents(Infinity);
      if (speaks) this.#answer(span, content);
      this.#scopes.pop();
    });
  }

  #ask(span: Span, { messages, input }: SpanContent): void {
    const told = messages?.input.filter((message) => !isInstruction(message)) ?? [];
    if (told.length > 0) {
      for (const { role, name, parts } of told) this.#parts(span, role, name, parts, true);
      return;
    }
    const text = spokenText(input);
    if (text.trim() !== '') this.#parts(span, 'user', undefined, [{ type: 'text', text }], true);
  }

  /** What nobody said before. */
  #answer(span: Span, { messages, output }: SpanContent): void {
    if (messages && messages.output.length > 0) {
      for (const { role, name, parts } of messages.output) this.#parts(span, role, name, parts, false);
      return;
    }
    const text = spokenText(output);
    if (text.trim() !== '') this.#parts(span, 'assistant', undefined, [{ type: 'text', text }], false);
  }

  /** Parts of an agent's own messages, as far as they were not said already. */
  #parts(span: Span, role: string, name: string | undefined, parts: readonly Part[], isAsked: boolean): void {
    for (const part of parts) {
      if (!isSpoken(part)) continue;
      const sign = signOf(part);
      if (isAsked && sign !== null) this.#scope.asked.add(sign);
      if (sign === null || !this.#said.has(sign)) this.#say(span, { role, name, part });
    }
  }

  #say(span: Span, { role, name, part, own = false, summary = false }: SaidPart): void {
    const sign = signOf(part);
    const before = sign === null ? undefined : this.#said.get(sign);
    if (sign !== null && before === undefined) this.#said.set(sign, this.lines.length);
    const repeats = own ? null : (before ?? null);
    this.#tell(span, { type: 'said', role, name: name ?? null, part, summary, repeats }, own);
  }

  *#model(span: Span, content: SpanContent | null): Steps<void> {
    this.#flush();
    const { messages } = content ?? {};
    const isAround = this.#modelBelow[span.index] === 1;
    let isKnown = false;
    if (messages && content) {
      isKnown = true;
      const repeated = yield* this.#hear(span, messages);
      this.#threads.add(isAround ? { input: messages.input, output: [] } : messages, span.index, this.#scope);
      // A second record of a call repeats its answer, and so does what is around a call.
      if (isAround) this.#closeAt(span.index, () => this.#answer(span, content));
      else this.#answered(span, messages.output, repeated && this.#twins.has(span.key));
    } else if (content) {
      const [asked, answered] = [spokenText(content.input), spokenText(content.output)];
      isKnown = asked.trim() !== '' || answered.trim() !== '';
      if (asked.trim() !== '') this.#parts(span, 'user', undefined, [{ type: 'text', text: asked }], false);
      if (isAround) this.#closeAt(span.index, () => this.#answer(span, content));
      else if (answered.trim() !== '')
        this.#say(span, { role: 'assistant', part: { type: 'text', text: answered }, own: true });
    }
    const failed = span.status === 'error';
    if (!isKnown && !isAround)
      this.#tell(
        span,
        {
          type: 'step',
          kind: span.kind,
          name: span.name,
          input: null,
          output: null,
          documents: null,
          failed,
          message: span.statusMessage,
        },
        true,
      );
    else if (failed && this.#failedBelow[span.index] === 0)
      this.#tell(span, { type: 'error', name: span.name, message: span.statusMessage }, true);
  }

  /** What a call is told that was not said before. Gives whether that is nothing. */
  *#hear(span: Span, messages: CallMessages): Steps<boolean> {
    const { input } = messages;
    const { delta, spoken } = yield* this.#threads.next(messages, span.index, this.#scope);
    const { history, counts, summary } = delta;
    const isTwin = this.#twins.has(span.key);
    if (
      (history === 'repeated' && !isTwin && input.length > 0) ||
      history === 'compacted' ||
      (history === 'trimmed' && counts.dropped > 0) ||
      (history === 'branched' && spoken && counts.dropped > 0)
    )
      this.#tell(span, { type: 'history', history, dropped: counts.dropped });
    for (const run of delta.runs) {
      yield;
      if (run.type === 'near' && (run.change === 'system' || run.change === 'edited'))
        this.#heard(span, run.message, run.change === 'system', run.from === summary);
      else if (run.type === 'new')
        for (const [at, message] of run.messages.entries())
          this.#heard(span, message, false, run.from + at === summary);
    }
    return history === 'repeated';
  }

  #heard(span: Span, message: Message, isChanged: boolean, isSummary: boolean): void {
    const { role, name, parts } = message;
    if (isInstruction(message)) {
      const text = textOfMessage(message);
      if (text === '' || (!isChanged && this.#instructions.has(text))) return;
      this.#instructions.add(text);
      return void this.#tell(span, { type: 'system', text, changed: isChanged });
    }
    for (const part of parts) {
      if (part.type === 'toolCall') {
        if (!this.#scope.tools.line(part.id)) this.#toolLine(span, { part, key: span.key, index: span.index });
      } else if (part.type === 'toolResult') {
        if (!this.#isAnswered(part)) this.#toolLine(span, null, part);
      } else {
        const sign = signOf(part);
        const isKnown =
          sign !== null && (this.#scope.asked.has(sign) || (role === 'assistant' && this.#said.has(sign)));
        if (!isKnown && !isEmpty(part)) this.#say(span, { role, name, part, summary: isSummary });
      }
    }
  }

  #answered(span: Span, output: readonly Message[], isTwin: boolean): void {
    const calls: string[] = [];
    if (!isTwin) this.#scope.tools.nextAnswer();
    let isFirst = true;
    for (const { role, name, parts } of output) {
      for (const part of parts) {
        if (part.type === 'toolCall') {
          calls.push(part.name);
          if (!isTwin) this.#scope.tools.ask({ part, key: span.key, index: span.index });
        } else if (part.type === 'toolResult') {
          if (!this.#isAnswered(part)) this.#toolLine(span, null, part);
        } else if (!isTwin && !isEmpty(part)) {
          this.#say(span, { role, name, part, own: isFirst });
          isFirst = false;
        }
      }
    }
    if (isFirst && calls.length > 0 && !isTwin) this.#tell(span, { type: 'calls', names: calls }, true);
  }

  #tool(span: Span, content: SpanContent | null): void {
    const { tools } = this.#scope;
    const tool = content?.tool ?? null;
    const id = tool?.callId ?? null;
    const failed = span.status === 'error';
    const names = [tool?.name ?? span.name, span.name.replace(/^execute_tool /, '')];
    const asked = tools.takeAsked(id, names, tool?.arguments);
    const known = asked ? undefined : (tools.line(id) ?? tools.failedBefore(names, tool?.arguments));
    const result = tool?.result ?? (content?.output ? spokenText(content.output) : undefined);
    let line: ToolLine;
    if (known && (known.run === null || this.#tools.at(-1) === known)) {
      line = known;
      if (known.run === null) Object.assign(known, { key: span.key, index: span.index, run: span.key, own: true });
      if (known.result === undefined) known.result = result;
    } else {
      line = this.#tell(
        span,
        {
          type: 'tool',
          name: asked?.part.name ?? tool?.name ?? span.name,
          callId: asked?.part.id ?? id ?? known?.callId ?? null,
          arguments:
            asked?.part.arguments ??
            tool?.arguments ??
            known?.arguments ??
            (content?.input ? spokenText(content.input) : undefined),
          result,
          failed,
          message: failed ? span.statusMessage : null,
          call: asked?.key ?? known?.call ?? null,
          run: span.key,
          attempt: known ? known.attempt + 1 : 1,
        },
        true,
      ) as ToolLine;
      this.#addTool(line, asked);
    }
    if (failed) {
      line.failed = true;
      line.message ??= span.statusMessage;
    }
    this.#tools.push(line);
    const isScope = this.#modelBelow[span.index] === 1;
    if (isScope) this.#pushScope(span, false, this.#scope.depth + 1, null);
    this.#closeAt(span.index, () => {
      if (isScope) {
        this.#flush();
        this.#scopes.pop();
      }
      this.#tools.pop();
    });
  }

  /** The line of a call that no span ran, or of a result whose call was left out. */
  #toolLine(
    place: Pick<Span, 'key' | 'index'>,
    asked: Asked | null,
    told: Extract<Part, { type: 'toolResult' }> | null = null,
  ): void {
    const line = this.#tell(place, {
      type: 'tool',
      name: asked?.part.name ?? told?.name ?? '',
      callId: asked?.part.id ?? told?.id ?? null,
      arguments: asked?.part.arguments,
      result: told?.result,
      failed: told?.error === true,
      message: null,
      call: asked?.key ?? null,
      run: null,
      attempt: 1,
    }) as ToolLine;
    this.#addTool(line, asked);
  }

  /** Puts a result to its call; false where that is not known. */
  #isAnswered(part: Extract<Part, { type: 'toolResult' }>): boolean {
    if (this.#scope.tools.answer(part)) return true;
    const line = part.id === undefined ? undefined : this.#toolById.get(part.id);
    if (!line) return false;
    line.result ??= part.result;
    line.failed ||= part.error === true;
    return true;
  }

  #addTool(line: ToolLine, asked: Asked | null): void {
    this.#scope.tools.add(line, asked);
    if (line.callId !== null) this.#toolById.set(line.callId, line);
  }

  /** Calls that no span ran get their lines. */
  #flush(): void {
    for (const asked of this.#scope.tools.rest()) this.#toolLine(asked, asked);
  }

  #step(span: Span, content: SpanContent | null): void {
    const { kind, name, status, statusMessage } = span;
    const documents = content?.documents ?? null;
    const input = documents?.query ?? spokenText(content?.input ?? null);
    const output = documents && documents.output.length > 0 ? '' : spokenText(content?.output ?? null);
    this.#tell(
      span,
      {
        type: 'step',
        kind,
        name,
        input: input.trim() === '' || this.#said.has(signOf({ type: 'text', text: input })!) ? null : input,
        output: output.trim() === '' ? null : output,
        documents: documents && documents.output.length > 0 ? documents.output.length : null,
        failed: status === 'error',
        message: status === 'error' ? statusMessage : null,
      },
      true,
    );
  }

  /** Of what programs note down, what they say in words, and what became of the conversation. */
  #event(span: Span, content: SpanContent | null): void {
    const text = content?.messages?.output.map(textOfMessage).join('\n') ?? '';
    if (TURNS.test(span.name) || (text !== '' && !this.#said.has(signOf({ type: 'text', text }) ?? '')))
      this.#tell(span, { type: 'event', name: span.name, text: text === '' ? null : text }, true);
  }

  /** What happened to the conversation before a time. */
  #tellEvents(time: Nanos): void {
    const { events, opener } = this.#scope;
    while (events.length > 0 && !(events[0]!.time > time)) {
      const { name, text } = events.shift()!;
      this.#tell(opener, { type: 'event', name, text });
    }
  }
}

const isSpoken = (part: Part): part is SpokenPart => part.type !== 'toolCall' && part.type !== 'toolResult';

const isEmpty = (part: SpokenPart): boolean => part.type === 'text' && part.text.trim() === '';

/** The words of a part without what a record may put differently; null where it has none. */
function signOf(part: SpokenPart): string | null {
  if (part.type !== 'text' && part.type !== 'refusal') return null;
  const text = part.text.replaceAll(/\s+/g, '');
  return text === '' ? null : text;
}

function textAmong(attributes: ReadonlyMap<string, unknown>): string | null {
  for (const key of ['content', 'error', 'message']) {
    const value = attributes.get(key);
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}
