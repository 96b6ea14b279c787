/** Nodes by number; a node has a higher number than the one it stands on. */
export interface Forest {
  /** -1 = it stands on none. */
  readonly parent: number[];
  /** Index of the first span of each. */
  readonly first: number[];
  readonly own: number[];
  /** With all above it, once it is summed up. */
  readonly value: number[];
  readonly spans: number[];
  readonly failed: number[];
  add(parent: number, first: number): number;
  sum(): void;
}

export function emptyForest(): Forest {
  const forest: Forest = {
    parent: [],
    first: [],
    own: [],
    value: [],
    spans: [],
    failed: [],
    add(parent, first) {
      forest.parent.push(parent);
      forest.first.push(first);
      for (const list of [forest.own, forest.value, forest.spans, forest.failed]) list.push(0);
      return forest.parent.length - 1;
    },
    sum() {
      const { parent, own, value } = forest;
      for (let node = parent.length - 1; node >= 0; node -= 1) {
        value[node]! += own[node]!;
        if (parent[node] !== -1) value[parent[node]!]! += value[node]!;
      }
    },
  };
  return forest;
}
