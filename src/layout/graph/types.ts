/** What is drawn as one: a node, or several that are too small to stand for themselves. */
export interface DrawnNode {
  readonly id: string;
  /** Places in `CallGraph.nodes`. */
  readonly places: readonly number[];
}

/** Edges of one type between the same two. */
export interface DrawnEdge {
  readonly id: string;
  /** Places in the list of drawn nodes. */
  readonly from: number;
  readonly to: number;
  readonly type: 'call' | 'next' | 'handoff';
  /** Places in `CallGraph.edges`. */
  readonly places: readonly number[];
}

export interface DrawnGraph {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

/** A node with its place; `x` and `y` are of its corner at the start and top. */
export interface PlacedNode extends DrawnNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Columns from the start, from 0. */
  readonly layer: number;
}

/** A curve from the start on: two points that bend it, and where it ends. */
export type Bend = readonly [x1: number, y1: number, x2: number, y2: number, x: number, y: number];

export interface PlacedEdge extends DrawnEdge {
  readonly start: readonly [x: number, y: number];
  readonly bends: readonly Bend[];
  /** Where its words stand. */
  readonly label: readonly [x: number, y: number];
  /** `back`: against the direction of reading, to what was there before. `self`: to itself. */
  readonly way: 'on' | 'back' | 'self';
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export interface GraphSizes {
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  /** Between columns, where edges and their words are. */
  readonly gapX: number;
  readonly gapY: number;
}
