import type { FlameGraph, FlameNode } from '../../layout/flame/types.ts';

/** Colours as the stylesheet says them here and now. */
export interface FlameColors {
  /** Of a kind: of the bar, and of its edge. */
  of(kind: string): { readonly fill: string; readonly edge: string };
  readonly outlined: boolean;
  readonly text: string;
  readonly failed: string;
  readonly focus: string;
  readonly font: string;
}

/** What is to be seen of the bars, in CSS pixels. */
export interface FlameScene {
  readonly graph: FlameGraph;
  readonly width: number;
  readonly height: number;
  /** How far it is scrolled. */
  readonly top: number;
  readonly row: number;
  /** Where the left and the right edge stand, in the unit of the measure. */
  readonly range: readonly [from: number, to: number];
  /** Whether a search finds the node; null = nothing is looked for. */
  readonly found: Uint8Array | null;
  readonly focused: number;
  readonly selected: number;
  readonly hovered: number;
  nameOf(node: FlameNode): string;
}

/** Narrower bars are not seen. */
const NARROWEST = 0.5;
const NAME_FROM = 26;
const PAD = 5;

export interface Edges {
  readonly left: number;
  readonly right: number;
}

/** The edges of a bar in pixels, cut to what is seen; null = it is not seen. */
export function edgesOf(
  node: FlameNode,
  { range: [from, to], width }: Pick<FlameScene, 'range' | 'width'>,
): Edges | null {
  const scale = width / (to - from);
  const left = Math.max(0, (node.from - from) * scale);
  const right = Math.min(width, (node.from + node.value - from) * scale);
  return right - left < NARROWEST ? null : { left, right };
}

/** The node at a point; -1 = none. */
export function nodeAt(scene: Omit<FlameScene, 'nameOf'>, x: number, y: number): number {
  const depth = Math.floor((y + scene.top) / scene.row);
  return scene.graph.nodes.findIndex((node) => {
    if (node.depth !== depth) return false;
    const edges = edgesOf(node, scene);
    return edges !== null && x >= edges.left && x < edges.right;
  });
}

/** Draws what is seen on a canvas of `ratio` pixels in a CSS pixel. */
export function drawFlame(canvas: HTMLCanvasElement, scene: FlameScene, colors: FlameColors, ratio: number): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { graph, row, top, height } = scene;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, scene.width, height);
  context.font = colors.font;
  context.textBaseline = 'middle';
  graph.nodes.forEach((node, place) => {
    const y = node.depth * row - top;
    if (y + row < 0 || y > height) return;
    const edges = edgesOf(node, scene);
    if (!edges) return;
    const { left, right } = edges;
    const [width, tall] = [Math.max(1, right - left - 1), row - 1];
    const { fill, edge } = colors.of(node.kind);
    context.globalAlpha = scene.found?.[place] === 0 ? 0.35 : 1;
    context.fillStyle = fill;
    context.fillRect(left, y, width, tall);
    context.fillStyle = edge;
    context.fillRect(left, y, Math.min(2, width), tall);
    if (colors.outlined) outline(context, edge, 1, left, y, width, tall);
    if (node.failed > 0) {
      context.fillStyle = colors.failed;
      context.fillRect(left, y + tall - 2, width, 2);
    }
    if (width > NAME_FROM)
      drawName(context, scene.nameOf(node), { left: left + PAD, y: y + row / 2, room: width - 2 * PAD }, colors.text);
    if (scene.found?.[place] === 1 || place === scene.hovered) outline(context, colors.text, 1, left, y, width, tall);
    if (place === scene.selected) outline(context, edge, 2, left, y, width, tall);
    if (place === scene.focused) outline(context, colors.focus, 2, left, y, width, tall);
  });
  context.globalAlpha = 1;
}

function outline(
  context: CanvasRenderingContext2D,
  color: string,
  thick: number,
  left: number,
  top: number,
  width: number,
  height: number,
): void {
  context.strokeStyle = color;
  context.lineWidth = thick;
  if (width > thick) context.strokeRect(left + thick / 2, top + thick / 2, width - thick, height - thick);
}

/** As much of the name as there is room for. */
function drawName(
  context: CanvasRenderingContext2D,
  name: string,
  { left, y, room }: { readonly left: number; readonly y: number; readonly room: number },
  color: string,
): void {
  context.fillStyle = color;
  // Longer names are no wider: nobody sees their end.
  let text = name.slice(0, 200);
  const width = context.measureText(text).width;
  if (width > room) {
    const letters = Math.floor((text.length * room) / width) - 1;
    if (letters < 2) return;
    text = `${text.slice(0, letters)}…`;
  }
  context.fillText(text, left, y, room);
}
