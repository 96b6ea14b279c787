import type { HeldBytes } from '../content/heldBytes.ts';
import type { Pieces } from '../content/pieces.ts';
import type { SliceParts, SliceTable } from '../content/slices.ts';
import { spanRecord, type ToldSpan } from '../spans/spanRecord.ts';
import { textOf } from '../../model/attributes.ts';
import type { Fields } from '../../conventions/json.ts';
import type { SentRequest } from './requests.ts';
import { fieldsOf, type Line } from './sessions.ts';
import type { LineBlock, SaidCall, ToolStep, Turn } from './walkLane.ts';

/** What spans of one session have in common. */
export interface SessionFacts {
  readonly id: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The parts of a span that say what it holds: all of them are lines. */
export type Step =
  | {
      readonly kind: 'turn';
      readonly turn: Pick<Turn, 'prompt' | 'marks' | 'result' | 'place'>;
      /** The first line of its first call, and all of its last. */
      readonly first: Line | undefined;
      readonly spoken: readonly Line[];
    }
  | {
      readonly kind: 'call';
      readonly call: Pick<SaidCall, 'heard' | 'lines' | 'place'>;
      readonly request: SentRequest | null;
    }
  | { readonly kind: 'tool'; readonly tool: Pick<ToolStep, 'block' | 'result' | 'place'> };

export type Tell = (step: Step, session: SessionFacts) => ToldSpan;

const KINDS = ['turn', 'call', 'tool'] as const;

/** What all spans of an input share. Lines are numbered from 1 through all their pieces; 0 = none. */
class Places {
  readonly tell: Tell;
  readonly #sessions: SessionFacts[] = [];
  readonly #names: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #firsts = new Map<Pieces, number>();
  readonly #pieces: { readonly pieces: Pieces; readonly first: number }[] = [];
  #lines = 1;
  #cells = new Uint32Array(64);
  #length = 0;

  constructor(tell: Tell) {
    this.tell = tell;
  }

  get inputs(): readonly HeldBytes[] {
    return this.#pieces.map(({ pieces }) => pieces.held);
  }

  /** Notes a step; answers where, -1 = some line of it stands nowhere. */
  add(step: Step, session: SessionFacts): number {
    const begin = this.#length;
    try {
      if (this.#sessions.at(-1) !== session) this.#sessions.push(session);
      this.#put(this.#sessions.length - 1);
      this.#put(KINDS.indexOf(step.kind));
      if (step.kind === 'turn') this.#putTurn(step);
      else if (step.kind === 'call') this.#putCall(step);
      else this.#putTool(step);
      return begin;
    } catch (error) {
      if (!(error instanceof NotPlaced)) throw error;
      this.#length = begin;
      return -1;
    }
  }

  /** Nothing more comes. */
  finish(): void {
    this.#cells = this.#cells.slice(0, this.#length);
    for (const { pieces } of this.#pieces) pieces.forget();
  }

  step(begin: number): { readonly step: Step; readonly session: SessionFacts } {
    const cells = new Cells(this.#cells, begin, (code) => this.#lineOf(code), this.#names);
    const session = this.#sessions[cells.number()]!;
    const kind = KINDS[cells.number()]!;
    const place = cells.number();
    if (kind === 'turn') {
      const [prompt, result, first] = [cells.line(), cells.line(), cells.line()];
      const marks = cells.list(() => ({ name: cells.name(), line: cells.line()! }));
      const turn = { prompt: prompt ?? null, ...(result ? { result } : {}), marks, place };
      return { session, step: { kind, turn, first, spoken: cells.lines() } };
    }
    if (kind === 'call') {
      const call = { heard: cells.lines(), lines: cells.lines(), place };
      const line = cells.line();
      const request = line ? { line, shape: cells.line(), blobs: cells.lines() } : null;
      return { session, step: { kind, call, request } };
    }
    const block = cells.block()!;
    const result = cells.block();
    return { session, step: { kind, tool: { block, place, ...(result ? { result } : {}) } } };
  }

  #putTurn({ turn, first, spoken }: Step & { readonly kind: 'turn' }): void {
    this.#put(turn.place);
    this.#putLine(turn.prompt);
    this.#putLine(turn.result);
    this.#putLine(first);
    this.#put(turn.marks.length);
    for (const { name, line } of turn.marks) {
      this.#putName(name);
      this.#putLine(line);
    }
    this.#putLines(spoken);
  }

  #putCall({ call, request }: Step & { readonly kind: 'call' }): void {
    this.#put(call.place);
    this.#putLines(call.heard);
    this.#putLines(call.lines);
    this.#putLine(request?.line);
    if (!request) return;
    this.#putLine(request.shape);
    this.#putLines(request.blobs);
  }

  #putTool({ tool: { block, result, place } }: Step & { readonly kind: 'tool' }): void {
    this.#put(place);
    for (const each of [block, result]) {
      this.#putLine(each?.line);
      if (each) this.#put(each.at);
    }
  }

  #putName(name: string): void {
    let number = this.#numbers.get(name);
    if (number === undefined) this.#numbers.set(name, (number = this.#names.push(name) - 1));
    this.#put(number);
  }

  #putLines(lines: readonly Line[]): void {
    this.#put(lines.length);
    for (const line of lines) this.#putLine(line);
  }

  #putLine(line: Line | null | undefined): void {
    if (!line) return this.#put(0);
    const { pieces, number } = line;
    if (!pieces || number === undefined) throw new NotPlaced();
    let first = this.#firsts.get(pieces);
    if (first === undefined) {
      this.#firsts.set(pieces, (first = this.#lines));
      this.#pieces.push({ pieces, first });
      this.#lines += pieces.count;
    }
    this.#put(first + number);
  }

  #put(cell: number): void {
    if (this.#length === this.#cells.length) {
      const longer = new Uint32Array(2 * this.#length);
      longer.set(this.#cells);
      this.#cells = longer;
    }
    this.#cells[this.#length] = cell;
    this.#length += 1;
  }

  #lineOf(code: number): Line {
    const { pieces, first } = this.#pieces.findLast((each) => each.first <= code)!;
    const fields = fieldsOf(pieces.parsed(code - first));
    return {
      fields,
      glimpse: fields,
      type: textOf(fields['type']) ?? 'none',
      subtype: textOf(fields['subtype']),
      uuid: textOf(fields['uuid']),
      time: textOf(fields['timestamp']),
    };
  }
}

class NotPlaced extends Error {}

/** Cells one after the other. A line that is there twice is parsed once. */
class Cells {
  readonly #cells: Uint32Array;
  readonly #lineOf: (code: number) => Line;
  readonly #names: readonly string[];
  readonly #parsed = new Map<number, Line>();
  #at: number;

  constructor(cells: Uint32Array, at: number, lineOf: (code: number) => Line, names: readonly string[]) {
    this.#cells = cells;
    this.#at = at;
    this.#lineOf = lineOf;
    this.#names = names;
  }

  number(): number {
    this.#at += 1;
    return this.#cells[this.#at - 1]!;
  }

  name(): string {
    return this.#names[this.number()]!;
  }

  line(): Line | undefined {
    const code = this.number();
    if (code === 0) return undefined;
    const line = this.#parsed.get(code) ?? this.#lineOf(code);
    this.#parsed.set(code, line);
    return line;
  }

  block(): LineBlock | undefined {
    const line = this.line();
    return line && { line, at: this.number() };
  }

  lines(): readonly Line[] {
    return this.list(() => this.line()!);
  }

  list<Entry>(next: () => Entry): Entry[] {
    return Array.from({ length: this.number() }, next);
  }
}

/** Spans of sessions whose lines stand among bytes: of each only the numbers of its lines are held. */
export class SessionPlaces implements SliceTable {
  readonly #places: Places;
  /** Where the step of each begins. */
  #begins = new Uint32Array(64);
  #count = 0;

  constructor(tell: Tell);
  constructor(places: Places, begins: Uint32Array<ArrayBuffer>);
  constructor(given: Tell | Places, begins?: Uint32Array<ArrayBuffer>) {
    this.#places = given instanceof Places ? given : new Places(given);
    if (!begins) return;
    this.#begins = begins;
    this.#count = begins.length;
  }

  /** The number of a span; -1 where some line of it stands nowhere. */
  add(step: Step, session: SessionFacts): number {
    const begin = this.#places.add(step, session);
    if (begin === -1) return -1;
    if (this.#count === this.#begins.length) {
      const longer = new Uint32Array(2 * this.#count);
      longer.set(this.#begins);
      this.#begins = longer;
    }
    this.#begins[this.#count] = begin;
    this.#count += 1;
    return this.#count - 1;
  }

  finish(): void {
    this.#places.finish();
  }

  get inputs(): readonly HeldBytes[] {
    return this.#places.inputs;
  }

  source(number: number): Fields {
    return this.parts(number).source as Fields;
  }

  parts(number: number): SliceParts {
    const { step, session } = this.#places.step(this.#begins[number]!);
    const { source, sources, attributes, events, links, content } = spanRecord(this.#places.tell(step, session));
    return { source, attributes, events, links, ...(sources ? { sources } : {}), ...(content ? { content } : {}) };
  }

  picked(numbers: Uint32Array): SessionPlaces {
    return new SessionPlaces(this.#places, numbers.map((number) => this.#begins[number]!) as Uint32Array<ArrayBuffer>);
  }
}
