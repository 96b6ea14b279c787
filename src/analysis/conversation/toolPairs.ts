import type { Part } from '../../model/types.ts';
import type { CallMessages, PartPlace, ToolPair, ToolPairs } from './types.ts';

type Draft = { -readonly [Field in keyof ToolPair]: ToolPair[Field] };
type Call = Extract<Part, { type: 'toolCall' }>;
type Result = Extract<Part, { type: 'toolResult' }>;

/**
 * Brings calls of tools and their results together: by id, and where one of them has none, by order: the first call
 * without an answer, of the same name where the result tells one. Some producers number the calls of each turn anew, so
 * an id stands for the latest message that has an unanswered call of it.
 */
export function toolPairs({ input, output }: CallMessages): ToolPairs {
  const pairs: Draft[] = [];
  const places = new Map<string, ToolPair>();
  const open = new OpenCalls();
  const add = (pair: Omit<Draft, 'place'>): Draft => {
    const draft = { ...pair, place: pairs.length };
    pairs.push(draft);
    return draft;
  };
  const called = (part: Call, at: PartPlace): void => {
    const pair = add({ name: part.name, id: part.id ?? null, call: at, result: null, by: null, failed: false });
    places.set(idOf(at), pair);
    open.add(pair);
  };
  const answered = (part: Result, at: PartPlace): void => {
    const [found, by] = open.take(part);
    const pair =
      found ?? add({ name: part.name ?? null, id: part.id ?? null, call: null, result: null, by: null, failed: false });
    Object.assign(pair, { result: at, by, failed: part.error === true });
    places.set(idOf(at), pair);
  };
  for (const side of ['input', 'output'] as const) {
    for (const [message, { parts }] of (side === 'input' ? input : output).entries()) {
      for (const [part, value] of parts.entries()) {
        if (value.type === 'toolCall') called(value, { side, message, part });
        else if (value.type === 'toolResult') answered(value, { side, message, part });
      }
    }
  }
  return { pairs, at: (side, message, part) => places.get(idOf({ side, message, part })) };
}

const idOf = ({ side, message, part }: PartPlace): string => `${side} ${message} ${part}`;

/** First in, first out. */
class Queue {
  readonly #items: Draft[] = [];
  #head = 0;
  /** The message its calls stand in. */
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
  push(item: Draft): void {
    this.#items.push(item);
  }
  /** Those that were answered otherwise are passed over. */
  peek(): Draft | undefined {
    while (this.#head < this.#items.length && this.#items[this.#head]!.result !== null) this.#head += 1;
    return this.#items[this.#head];
  }
}

/** Calls that wait for their result. Each is looked at a few times at most, however many there are. */
class OpenCalls {
  /** By id, a queue per message, the latest last. */
  readonly #byId = new Map<string, Queue[]>();
  readonly #byName = new Map<string, Queue>();
  readonly #all = new Queue('');

  add(pair: Draft): void {
    const message = `${pair.call!.side} ${pair.call!.message}`;
    if (pair.id !== null) {
      const queues = this.#byId.get(pair.id) ?? [];
      this.#byId.set(pair.id, queues);
      if (queues.at(-1)?.message !== message) queues.push(new Queue(message));
      queues.at(-1)!.push(pair);
    }
    const named = this.#byName.get(pair.name!) ?? new Queue('');
    this.#byName.set(pair.name!, named);
    named.push(pair);
    this.#all.push(pair);
  }

  take({ id, name }: Result): readonly [pair: Draft | undefined, by: 'id' | 'order' | null] {
    const queues = id === undefined ? [] : (this.#byId.get(id) ?? []);
    while (queues.length > 0) {
      const found = queues.at(-1)!.peek();
      if (found) return [found, 'id'];
      queues.pop();
    }
    const next = (name === undefined ? this.#all : this.#byName.get(name))?.peek();
    // Two ids that differ speak of two calls.
    return next && (id === undefined || next.id === null) ? [next, 'order'] : [undefined, null];
  }
}
