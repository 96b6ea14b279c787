import type { TextRange } from '../query/types.ts';
import type { Steps } from '../steps.ts';

/**
 * Recorded values in windows: JSON as a list of rows, text as a list of lines, and find in both. Whatever is longer
 * than a slice of work is made in `Steps`, to be run by `soon(steps, { signal })`: small values are there at once,
 * large ones as a promise.
 *
 *     readJsonTree(text)                      Steps<JsonTree | null>    a JSON text; null where it is none         readJsonTree.ts
 *     valueTree(value)                        Steps<JsonTree>           any value                                  valueTree.ts
 *     openNestedJson(tree, node)              Steps<JsonTree>           opens JSON within a string                 nestedJson.ts
 *     holdsJson(tree, node)                   boolean                   whether a string looks like JSON           nestedJson.ts
 *     jsonRows(tree, expansion)               Uint32Array               the visible nodes                          jsonRows.ts
 *     toggleJson, revealJson, isJsonOpen      JsonExpansion, …                                                     jsonRows.ts
 *     jsonPath(tree, node)                    string                    `$.messages[0]['a b']`                     jsonPath.ts
 *     nodeAtPath(tree, path)                  number | null                                                        jsonPath.ts
 *     jsonText(tree, node, indent?)           Steps<string>             a node and all in it, as JSON              jsonText.ts
 *     textLines(text)                         Steps<TextLines>          where lines begin                          textLines.ts
 *     hiddenCharacters(text, from, to)        HiddenCharacter[]         in a window of a text                      hiddenCharacters.ts
 *     countHidden(text)                       Steps<HiddenCounts>       in all of it                               hiddenCharacters.ts
 *     findInPanel(sources, finder)            Steps<PanelMatches>       all matches of a panel                     findInPanel.ts
 *     wordsFinder(text), queryFinder(query)   Finder                    find box, viewer's search                  finder.ts
 */

export type JsonType = 'object' | 'list' | 'string' | 'number' | 'boolean' | 'null' | 'bytes' | 'json' | 'cut';

/**
 * A value as columns, nodes in pre-order: node 0 is the value itself. Plain data that is never changed; opening nested
 * JSON gives a new tree. `json` is a string whose JSON has been opened: its only child is what it holds. `cut` is an
 * object or a list that was left unread behind `JSON_NODES_AT_MOST` nodes, or an object inside itself; its text says
 * how many entries it has.
 */
export interface JsonTree {
  readonly size: number;
  /** -1 for node 0. */
  readonly parent: Int32Array;
  /** First node after all that is inside. */
  readonly end: Uint32Array;
  readonly depth: Uint32Array;
  /** Places in `JSON_TYPES`. */
  readonly type: Uint8Array;
  /** Key in an object, place in a list, null for node 0 and for what was opened from a string. */
  readonly keys: readonly (string | number | null)[];
  /**
   * What a leaf is: strings as they are, numbers as their digits (none is rounded), `true`, `null`, bytes in
   * hexadecimal; '' for objects and lists.
   */
  readonly texts: readonly string[];
  /** How many entries an object or list has; 0 for leaves. */
  readonly entries: Uint32Array;
}

/**
 * Which nodes are open: those above a depth, all or none, and by their path those that differ. Paths outlive the tree.
 */
export interface JsonExpansion {
  readonly base: 'all' | 'none' | number;
  readonly except: readonly string[];
}

/**
 * Where lines begin. A line longer than `LINE_AT_MOST` is several pieces, so that no element holds a megabyte; a pair
 * of surrogates is never parted.
 */
export interface TextLines {
  readonly text: string;
  /** Number of pieces: rows of a virtual list. */
  readonly size: number;
  /** Lines in the sense of line breaks, at least 1. */
  readonly lines: number;
  piece(at: number): TextPiece;
  /** The pieces from one up to another, as far as there are any. */
  window(from: number, to: number): readonly TextPiece[];
  /** The piece that holds a place of the text, in UTF-16 units. */
  pieceAt(offset: number): number;
}

/** `from` and `to` are places in the text, without the line break. */
export interface TextPiece {
  readonly from: number;
  readonly to: number;
  /** Number of the line, from 1. */
  readonly line: number;
  /** The piece goes on a line that began before it. */
  readonly continues: boolean;
}

/**
 * A character that does not show, or that makes others show differently. `control`: C0 and C1 without tab and line
 * breaks; `bidi`: marks, embeddings, overrides and isolates; `invisible`: zero width, joiners, soft hyphen, variation
 * and tag characters; `space`: any but the ordinary one, the tab included; `trailing`: ordinary spaces before a line
 * break or the end.
 */
export type HiddenKind = 'control' | 'bidi' | 'invisible' | 'space' | 'trailing';
export interface HiddenCharacter {
  readonly from: number;
  readonly to: number;
  readonly kind: HiddenKind;
  /** `U+202E`. */ readonly code: string;
}
export type HiddenCounts = Readonly<Record<HiddenKind, number>>;

/**
 * A text or a tree that a panel shows. `section` and `key` say which part of the span it is, for queries that ask for
 * one part (`in:`, `attr.key:`).
 */
export type PanelSource =
  | { readonly id: string; readonly text: string; readonly section?: string; readonly key?: string }
  | { readonly id: string; readonly tree: JsonTree; readonly section?: string; readonly key?: string };

/** Finds places in a text. */
export interface Finder {
  /** Nothing is looked for: nothing is found. */
  readonly isEmpty: boolean;
  /** The places at once where the text is short, else in steps. */
  find(
    text: string,
    about: { readonly section?: string; readonly key?: string },
    most: number,
  ): readonly TextRange[] | Steps<readonly TextRange[]>;
}

/** One match: in a text, or in the key or the value of a node. `range` is in UTF-16 units of that text. */
export interface PanelMatch {
  readonly source: string;
  /** Null in a text. */
  readonly node: number | null;
  readonly part: 'text' | 'key' | 'value';
  readonly range: TextRange;
}

export interface PanelMatches {
  /** In the order of the panel; at most `MATCHES_AT_MOST`. */
  readonly matches: readonly PanelMatch[];
  /** There are more than are listed. */
  readonly more: boolean;
  /** By id of the source, how many of the listed lie in it. */
  readonly counts: ReadonlyMap<string, number>;
}
