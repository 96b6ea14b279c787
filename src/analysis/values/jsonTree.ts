import type { JsonTree, JsonType } from './types.ts';

/** `JsonTree.type` holds places in this list. */
export const JSON_TYPES = [
  'object',
  'list',
  'string',
  'number',
  'boolean',
  'null',
  'bytes',
  'json',
  'cut',
] as const satisfies readonly JsonType[];

/** Nodes of one tree: some hundred megabytes of JSON. What lies behind them is a node `cut`. */
export const JSON_NODES_AT_MOST = 2_000_000;

export const jsonType = ({ type }: JsonTree, node: number): JsonType => JSON_TYPES[type[node]!]!;

const CODES = Object.fromEntries(JSON_TYPES.map((type, code) => [type, code])) as Readonly<Record<JsonType, number>>;
const OPENS: ReadonlySet<number> = new Set([CODES.object, CODES.list, CODES.json]);

/** Whether a node can be opened: it holds others. */
export const hasEntries = ({ type, end }: JsonTree, node: number): boolean =>
  OPENS.has(type[node]!) && end[node]! > node + 1;

/** Columns that grow as nodes are found, in pre-order. */
export class JsonTreeBuilder {
  size = 0;
  #parent = new Int32Array(256);
  #end = new Uint32Array(256);
  #depth = new Uint32Array(256);
  #type = new Uint8Array(256);
  #entries = new Uint32Array(256);
  readonly #keys: (string | number | null)[] = [];
  readonly #texts: string[] = [];

  get isFull(): boolean {
    return this.size >= JSON_NODES_AT_MOST;
  }

  /** A node below the last one that is still open. Gives its place. */
  add(parent: number, type: JsonType, key: string | number | null, text: string): number {
    const node = this.size;
    if (node === this.#type.length) this.#grow();
    this.#parent[node] = parent;
    this.#end[node] = node + 1;
    this.#depth[node] = parent === -1 ? 0 : this.#depth[parent]! + 1;
    this.#type[node] = CODES[type];
    this.#keys.push(key);
    this.#texts.push(text);
    this.size = node + 1;
    return node;
  }

  /** All that is in a node has been added. */
  close(node: number, entries: number): void {
    this.#end[node] = this.size;
    this.#entries[node] = entries;
  }

  finish(): JsonTree {
    const { size } = this;
    return {
      size,
      parent: this.#parent.subarray(0, size),
      end: this.#end.subarray(0, size),
      depth: this.#depth.subarray(0, size),
      type: this.#type.subarray(0, size),
      entries: this.#entries.subarray(0, size),
      keys: this.#keys,
      texts: this.#texts,
    };
  }

  #grow(): void {
    const room = this.#type.length * 2;
    const grown = <Column extends Int32Array | Uint32Array | Uint8Array>(column: Column, larger: Column): Column => {
      larger.set(column);
      return larger;
    };
    this.#parent = grown(this.#parent, new Int32Array(room));
    this.#end = grown(this.#end, new Uint32Array(room));
    this.#depth = grown(this.#depth, new Uint32Array(room));
    this.#type = grown(this.#type, new Uint8Array(room));
    this.#entries = grown(this.#entries, new Uint32Array(room));
  }
}
