import { ERROR_STATUS } from '../../../model/codes.ts';
import type { Trace } from '../../../model/types.ts';
import { isOverAt, knownEnds } from '../../criticalPath/knownEnds.ts';
import { hashPair, hashText, scramble } from './hashing.ts';
import type { RecordedTexts } from './recordedTexts.ts';
import { steadyName } from './steadyName.ts';

/**
 * One side of a diff, in numbers that can be compared with those of the other side. Node 0 stands above all roots; node
 * n is the span at `first + n - 1`, so nodes are in pre-order and the subtree of n is [n, end[n]).
 */
export interface SignedTree {
  readonly trace: Trace;
  readonly texts: RecordedTexts;
  readonly first: number;
  readonly size: number;
  readonly parent: Int32Array;
  readonly end: Int32Array;
  readonly kind: Int32Array;
  /** Kind, service and steady name; the steady name alone; the name as it is. */
  readonly label: Int32Array;
  readonly steady: Int32Array;
  readonly exact: Int32Array;
  readonly failed: Uint8Array;
  /** Whether the span ran at the same time as a sibling: its place among them says nothing. */
  readonly overlaps: Uint8Array;
  /** Hashes of the texts; 0 = none. */
  readonly inKey: Int32Array;
  readonly outKey: Int32Array;
  /** Label and the shapes below, in any order; `full` is the same with texts and outcome. */
  readonly shape: Int32Array;
  readonly full: Int32Array;
  /** The shapes below alone, without the label. */
  readonly inside: Int32Array;
  /** Sum over the labels of the children, and one bit for each label below. */
  readonly childLabels: Int32Array;
  readonly bloom: Int32Array;
  /** Of everything above in pre-order: two trees with equal ones are the same to the diff. */
  readonly order: number;
}

/** The nodes of a side: which spans, and by what service they may be told apart. */
export interface SignRequest {
  readonly trace: Trace;
  readonly first: number;
  readonly last: number;
  readonly texts: RecordedTexts;
  readonly services: ReadonlySet<string>;
}

const NODES_AT_ONCE = 4096;

/** Yields after some thousand spans. */
export function* signTree({ trace, first, last, texts, services }: SignRequest): Generator<undefined, SignedTree> {
  const size = last - first + 1;
  const ints = (): Int32Array => new Int32Array(size);
  const tree = {
    trace,
    texts,
    first,
    size,
    parent: ints(),
    end: ints(),
    kind: ints(),
    label: ints(),
    steady: ints(),
    exact: ints(),
    failed: new Uint8Array(size),
    overlaps: new Uint8Array(size),
    inKey: ints(),
    outKey: ints(),
    shape: ints(),
    full: ints(),
    inside: ints(),
    childLabels: ints(),
    bloom: ints(),
    order: 0,
  };
  tree.parent[0] = -1;
  tree.end[0] = size;
  yield* labelSpans(tree, services);
  markOverlaps(tree);
  for (let node = 1; node < size; node += 1) {
    tree.inKey[node] = hashText(texts.input[first + node - 1] ?? '');
    tree.outKey[node] = hashText(texts.output[first + node - 1] ?? '');
    if (node % NODES_AT_ONCE === 0) yield;
  }
  yield* sumUp(tree);
  return { ...tree, order: orderHash(tree) };
}

type Filled = { -readonly [Field in keyof SignedTree]: SignedTree[Field] };

function* labelSpans(tree: Filled, services: ReadonlySet<string>): Generator<undefined, void> {
  const {
    trace: { columns },
    first,
    size,
  } = tree;
  const { strings } = columns;
  const exactOf = perText(strings, (text) => hashText(text));
  const serviceOf = perText(strings, (text) => (services.has(text) ? hashText(text) : 0));
  const steadyOf = perText(strings, (text) => hashText(steadyName(text, '')));
  const withModel = new Map<number, number>();
  const kinds = columns.kinds.map(hashText);
  for (let node = 1; node < size; node += 1) {
    const index = first + node - 1;
    const name = columns.name[index]!;
    const model = columns.model[index]!;
    const kind = kinds[columns.kind[index]!]!;
    let steady = 0;
    if (model === 0) {
      steady = steadyOf(name);
    } else {
      const both = name * strings.length + model;
      steady = withModel.get(both) ?? hashText(steadyName(strings[name]!, strings[model]!));
      withModel.set(both, steady);
    }
    tree.parent[node] = Math.max(0, columns.parent[index]! - first + 1);
    tree.end[node] = columns.subtreeEnd[index]! - first + 1;
    tree.kind[node] = kind;
    tree.label[node] = hashPair(hashPair(kind, serviceOf(columns.service[index]!)), steady);
    tree.steady[node] = steady;
    tree.exact[node] = exactOf(name);
    tree.failed[node] = Number(columns.status[index] === ERROR_STATUS);
    if (node % NODES_AT_ONCE === 0) yield;
  }
}

/** Answers once per text of a table. */
function perText(strings: readonly string[], answer: (text: string) => number): (id: number) => number {
  const known = new Int32Array(strings.length);
  const asked = new Uint8Array(strings.length);
  return (id) => {
    if (asked[id] === 0) {
      known[id] = answer(strings[id]!);
      asked[id] = 1;
    }
    return known[id]!;
  };
}

/** Siblings come in order of start, so one look at the longest of those before is enough. */
function markOverlaps({ trace, first, size, parent, overlaps }: Filled): void {
  const { start } = trace.columns;
  const ends = knownEnds(trace);
  const longest = new Int32Array(size);
  for (let node = 1; node < size; node += 1) {
    const above = parent[node]!;
    const before = longest[above]!;
    const at = first + node - 1;
    if (before === 0) {
      longest[above] = node;
      continue;
    }
    const other = first + before - 1;
    if (!isOverAt(start[at]!, start[other]!, ends[other]!)) overlaps[node] = overlaps[before] = 1;
    if (ends[at]! > ends[other]!) longest[above] = node;
  }
}

/** From the leaves up: each node is done when its turn comes, as those below it have larger numbers. */
function* sumUp({
  size,
  parent,
  label,
  inKey,
  outKey,
  failed,
  shape,
  full,
  inside,
  childLabels,
  bloom,
}: Filled): Generator<undefined, void> {
  for (let node = size - 1; node > 0; node -= 1) {
    const own = label[node]!;
    const text = hashPair(inKey[node]!, outKey[node]!);
    inside[node] = shape[node]!;
    shape[node] = hashPair(own, inside[node]!);
    full[node] = hashPair(hashPair(own, full[node]!), text + failed[node]!);
    const above = parent[node]!;
    shape[above]! += scramble(shape[node]!);
    full[above]! += scramble(full[node]!);
    childLabels[above]! += scramble(own);
    bloom[above]! |= bloom[node]! | (1 << (own & 31));
    if (node % NODES_AT_ONCE === 0) yield;
  }
}

function orderHash({ size, parent, exact, full, overlaps }: Filled): number {
  let hash = 0;
  for (let node = 1; node < size; node += 1)
    hash = hashPair(hash, exact[node]! ^ full[node]! ^ Math.imul(node - parent[node]!, 0x9e3779b1) ^ overlaps[node]!);
  return hash;
}
