import type { Part, SpanKey } from '../../model/types.ts';
import { sameValue } from '../conversation/sameValue.ts';
import type { TranscriptLine } from './types.ts';

type Writable<Line> = { -readonly [Field in keyof Line]: Line[Field] };
export type ToolLine = Writable<Extract<TranscriptLine, { type: 'tool' }>>;
type Call = Extract<Part, { type: 'toolCall' }>;
type Result = Extract<Part, { type: 'toolResult' }>;

/** A call that a model asked for and that nobody ran so far. */
export interface Asked {
  readonly part: Call;
  readonly key: SpanKey;
  readonly index: number;
  /** Its line, once it has one. */
  line?: ToolLine;
}

/** Calls of one tool that are looked through for the same arguments. */
const PASSED_AT_MOST = 50;

/** Calls of tools within one agent, and the lines that stand for them. */
export class ToolLines {
  #asked: Asked[] = [];
  readonly #byId = new Map<string, ToolLine>();
  readonly #latest = new Map<string, ToolLine>();
  /** Calls of the latest answer, and lines since, that may still get their result by order. */
  #open: { readonly name: string; readonly hasId: boolean; asked?: Asked; line?: ToolLine }[] = [];

  /** A model answers: what is told of earlier calls was told before. */
  nextAnswer(): void {
    this.#open = [];
  }

  ask(asked: Asked): void {
    this.#asked.push(asked);
    this.#open.push({ name: asked.part.name, hasId: asked.part.id !== undefined, asked });
  }

  /** The call that a span runs: by its id, else the first of that name whose arguments do not contradict. */
  takeAsked(id: string | null, names: readonly string[], given: unknown): Asked | null {
    let at = id === null ? -1 : this.#asked.findIndex(({ part }) => part.id === id);
    if (at === -1) {
      const like = this.#asked.slice(0, PASSED_AT_MOST).map(({ part }, place) => ({ part, place }));
      at =
        like.find(
          ({ part }) =>
            names.includes(part.name) &&
            (id === null || part.id === undefined) &&
            (given === undefined || part.arguments === undefined || isLike(given, part.arguments)),
        )?.place ?? -1;
    }
    return at === -1 ? null : this.#asked.splice(at, 1)[0]!;
  }

  /** All calls that nobody ran; they wait no longer. */
  rest(): readonly Asked[] {
    const rest = this.#asked;
    this.#asked = [];
    return rest;
  }

  line(id: string | null | undefined): ToolLine | undefined {
    return typeof id === 'string' ? this.#byId.get(id) : undefined;
  }

  /** The latest run of a tool, where it failed with the same arguments: what comes now is the next attempt. */
  failedBefore(names: readonly string[], given: unknown): ToolLine | undefined {
    const before = names.map((name) => this.#latest.get(name)).find((line) => line !== undefined);
    return before?.failed === true && before.run !== null && sameValue(readable(before.arguments), readable(given))
      ? before
      : undefined;
  }

  add(line: ToolLine, asked: Asked | null): void {
    this.#latest.set(line.name, line);
    if (line.callId !== null) this.#byId.set(line.callId, line);
    if (asked) asked.line ??= line;
    if (!asked || !this.#open.some((open) => open.asked === asked))
      this.#open.push({ name: line.name, hasId: line.callId !== null, line });
  }

  /** Puts a result to the line of its call; false where there is none. */
  answer({ id, name, result, error }: Result): boolean {
    const known = this.line(id);
    const line = known ?? (id === undefined ? this.#nextOpen(name) : undefined);
    if (!line) return false;
    if (line.result === undefined) line.result = result;
    if (error === true) line.failed = true;
    return true;
  }

  #nextOpen(name: string | undefined): ToolLine | undefined {
    const at = this.#open
      .slice(0, PASSED_AT_MOST)
      .findIndex((open) => !open.hasId && (name === undefined || open.name === name));
    const [found] = at === -1 ? [] : this.#open.splice(at, 1);
    return found?.asked?.line ?? found?.line;
  }
}

/** Arguments stand as text in some records and as an object in others. */
function isLike(a: unknown, b: unknown): boolean {
  const [one, other] = [readable(a), readable(b)];
  return typeof one !== typeof other || sameValue(one, other) || sameValue(onlyIn(one), other);
}

function readable(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > 100_000 || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Some producers record arguments one level deeper: `{"input": {…}}`. */
function onlyIn(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  try {
    const values: readonly unknown[] = Object.values(value);
    return values.length === 1 ? values[0] : value;
  } catch {
    return value;
  }
}
