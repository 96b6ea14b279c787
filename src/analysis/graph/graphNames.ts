import { kindCode } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';
import { steadyName } from '../diff/signs/steadyName.ts';

/** Kinds of spans that are calls of somebody. What else is recorded is how these do their work. */
const CALLED = new Set(
  ['agent', 'llm', 'tool', 'retriever', 'reranker', 'embedding', 'guardrail', 'evaluator', 'memory'].map(kindCode),
);
const MODELS = new Set(['llm', 'embedding', 'reranker'].map(kindCode));
const AGENT = kindCode('agent');
const PLAIN = new Set(['span', 'chain'].map(kindCode));
/** What conventions write before the name of what is called. */
const OPERATION = /^(?:execute_tool|invoke_agent|create_agent|chat|text_completion|embeddings)\s+(?=\S)/;

/** Who a call is a call of. */
export interface Named {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** Has steps of its own: an agent, a node of a recorded graph, a service, what is outermost. */
  readonly holds: boolean;
}

/** Says whose call a span is; each different one is named once. */
export class GraphNames {
  readonly list: { -readonly [Field in keyof Named]: Named[Field] }[] = [];
  readonly #trace: Trace;
  readonly #places = new Map<string, number>();
  readonly #known = new Map<string, number>();
  /** By index, the recorded node of a graph in which a span is, its own or that around it. */
  readonly #graphNode: Uint32Array | undefined;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#graphNode = trace.columns.graphNode?.slice();
  }

  /** The place of who is called in `list`; -1 = the span is no call. Asked in order of the spans. */
  of(index: number): number {
    const { parent, kind, service, kinds, strings, name, model } = this.#trace.columns;
    const above = parent[index]!;
    const code = kind[index]!;
    const node = this.#enters(index);
    const isPlain = PLAIN.has(code);
    if (node !== 0 && (isPlain || code === AGENT)) return this.#graphPlace(index, node);
    if (CALLED.has(code)) {
      return MODELS.has(code) && model[index] !== 0
        ? this.#named(kinds[code]!, strings[model[index]!]!, false)
        : this.#place(kinds[code]!, name[index]!, model[index]!, code === AGENT);
    }
    if (above === -1) return this.#place(kinds[code]!, name[index]!, model[index]!, true);
    if (service[index] === 0 || service[index] === service[above]! || service[above] === 0) return -1;
    return this.#named('service', strings[service[index]!]!, true);
  }

  /** The id of the recorded node that begins with a span; 0 = none. */
  #enters(index: number): number {
    const nodes = this.#graphNode;
    if (!nodes) return 0;
    const above = this.#trace.columns.parent[index]!;
    const around = above === -1 ? 0 : nodes[above]!;
    const own = nodes[index]!;
    if (own === 0) nodes[index] = around;
    return own === around ? 0 : own;
  }

  #graphPlace(index: number, node: number): number {
    const { kind, kinds, strings, graphName } = this.#trace.columns;
    const called = strings[graphName?.[index] ?? 0]! || strings[node]!;
    const word = kinds[kind[index]!]!;
    return this.#named(word === 'span' ? 'chain' : word, called, true, strings[node]!);
  }

  #place(kind: string, name: number, model: number, holds: boolean): number {
    const both = `${kind} ${name} ${model}`;
    let place = this.#known.get(both);
    if (place === undefined) {
      const { strings } = this.#trace.columns;
      const recorded = strings[name]!.replace(OPERATION, '');
      const steady = steadyName(recorded, strings[model]!);
      const before = this.list.length;
      this.#known.set(both, (place = this.#named(kind, steady || kind, holds)));
      const named = this.list[place]!;
      // Where there is one name only, it is told whole.
      if (place === before) named.name = recorded || kind;
      else if (named.name !== recorded) named.name = steady || kind;
    }
    return place;
  }

  #named(kind: string, name: string, holds: boolean, node = name): number {
    const id = `${kind} ${node}`;
    let place = this.#places.get(id);
    if (place === undefined) {
      place = this.list.push({ id, kind, name, holds }) - 1;
      this.#places.set(id, place);
    }
    return place;
  }
}
