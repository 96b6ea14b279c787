'use client';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { soon } from '../../../../analysis/steps.ts';
import { nodeAtPath } from '../../../../analysis/values/jsonPath.ts';
import { isJsonOpen, jsonRows, revealJson, toggleJson } from '../../../../analysis/values/jsonRows.ts';
import { hasEntries } from '../../../../analysis/values/jsonTree.ts';
import { openNestedJson } from '../../../../analysis/values/nestedJson.ts';
import { readJsonTree } from '../../../../analysis/values/readJsonTree.ts';
import type { JsonExpansion, JsonTree } from '../../../../analysis/values/types.ts';
import { valueTree } from '../../../../analysis/values/valueTree.ts';
import type { Reveal } from '../../../../hooks/context/FindContext.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { useBrowserLayoutEffect } from '../../../../hooks/useBrowserLayoutEffect.ts';
import { isRightToLeft } from '../../../../hooks/writingDirection.ts';
import { WindowedList, type WindowedListRef } from '../../../parts/WindowedList.tsx';
import { JsonRow } from './JsonRow.tsx';
import type { TextAbout } from '../ShownText.tsx';
import { TextView } from '../TextView.tsx';
import { useSteps } from '../useSteps.ts';

interface JsonViewProps {
  /** A JSON text, or structure. */
  readonly value: unknown;
  readonly reveal: Reveal | null;
  readonly about: TextAbout | undefined;
  readonly lines: number;
}

/** A value as a tree. A text that is no JSON after all is shown as it is. */
export function JsonView({ value, reveal, about, lines }: JsonViewProps) {
  const { labels } = useTraceContext();
  const tree = useSteps(() => (typeof value === 'string' ? readJsonTree(value) : valueTree(value)), [value]);
  if (tree === undefined) return <p className="tv-faint">{labels.preparing}</p>;
  if (tree === null) return <TextView text={String(value)} reveal={reveal} about={about} lines={lines} />;
  return <Tree recorded={tree} reveal={reveal} about={about} lines={lines} />;
}

/** How a tree is looked at. */
interface Look {
  readonly of: JsonTree;
  /** With the JSON that was opened in its strings. */
  readonly tree: JsonTree;
  readonly expansion: JsonExpansion;
  /** Whether all rows are shown. */
  readonly all: boolean;
  /** The node that the keyboard is on. */
  readonly active: number;
}

/** Trees with fewer nodes begin all open. */
const OPEN_AT_MOST = 150;
const ROW_HEIGHT = 22;
/** So few rows more are no reason to ask. */
const LITTLE = 5;

const firstLook = (tree: JsonTree): Look => ({
  of: tree,
  tree,
  expansion: { base: tree.size <= OPEN_AT_MOST ? 'all' : 2, except: [] },
  all: false,
  active: -1,
});

interface TreeProps extends Omit<JsonViewProps, 'value'> {
  readonly recorded: JsonTree;
}

function Tree({ recorded, reveal, about, lines }: TreeProps) {
  const { labels, format } = useTraceContext();
  const [kept, setLook] = useState(() => firstLook(recorded));
  const look = kept.of === recorded ? kept : firstLook(recorded);
  const { tree, expansion, all, active } = look;
  const change = (next: Partial<Look>): void => setLook({ ...look, ...next });
  const list = useRef<WindowedListRef>(null);
  const isOpen = useMemo(() => isJsonOpen(tree, expansion), [tree, expansion]);
  // What is around everything needs no row of its own.
  const rows = useMemo(() => jsonRows(tree, expansion).subarray(hasEntries(tree, 0) ? 1 : 0), [tree, expansion]);
  const isLong = rows.length > lines + LITTLE;
  const count = all || !isLong ? rows.length : lines;
  const rowOf = (node: number): number => rows.indexOf(node);

  /** Where the match is that is looked at; it stays marked after it has been brought into view. */
  const found = useMemo(() => (reveal?.path == null ? null : nodeAtPath(tree, reveal.path)), [tree, reveal]);
  useBrowserLayoutEffect(() => {
    const node = reveal?.isPending() ? found : null;
    if (node === null) return;
    const opened = revealJson(tree, expansion, node);
    if (opened !== expansion) change({ expansion: opened, all: true });
    else if (rowOf(node) >= count) change({ all: true });
    else list.current?.scrollTo(rowOf(node), 'center');
  }, [found, reveal, tree, expansion, count]);

  const focus = (row: number): void => {
    if (row < 0 || row >= count) return;
    change({ active: rows[row]! });
    list.current?.focusEntry(row);
  };
  const toggle = (node: number): void => change({ expansion: toggleJson(tree, expansion, node), active: node });
  const openNested = (node: number): void => {
    const opened = soon(openNestedJson(tree, node));
    const show = (next: JsonTree): void =>
      setLook((now) => (now.tree === tree ? { ...now, tree: next, active: node } : now));
    if (opened instanceof Promise) void opened.then(show);
    else show(opened);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const entry = (event.target as Element).closest<HTMLElement>('[data-row]');
    if (!entry || (entry !== event.target && event.key !== 'Escape')) return;
    const row = Number(entry.dataset['row']);
    const node = rows[row]!;
    const move = moveOf(event.key, event.currentTarget);
    const act: (() => void) | undefined = {
      up: () => focus(row - 1),
      down: () => focus(row + 1),
      first: () => focus(0),
      last: () => focus(count - 1),
      in: () => (hasEntries(tree, node) && !isOpen(node) ? toggle(node) : focus(row + 1)),
      out: () => (isOpen(node) ? toggle(node) : focus(rowOf(tree.parent[node]!))),
      press: () => (hasEntries(tree, node) ? toggle(node) : undefined),
      none: undefined,
    }[move];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const activeRow = Math.max(0, active === -1 ? 0 : rowOf(active));
  return (
    <>
      <WindowedList
        ref={list}
        role="tree"
        label={labels.structure}
        className="tv-json"
        count={count}
        keyOf={(at) => rows[at]!}
        estimate={ROW_HEIGHT}
        kept={activeRow < count ? activeRow : null}
        onKeyDown={onKeyDown}
        entryProps={(at) => {
          const node = rows[at]!;
          return {
            'aria-level': tree.depth[node]! + (hasEntries(tree, 0) ? 0 : 1),
            'aria-expanded': hasEntries(tree, node) ? isOpen(node) : undefined,
            'data-row': at,
            tabIndex: at === activeRow ? 0 : -1,
          };
        }}
        renderEntry={(at) => {
          const node = rows[at]!;
          return (
            <JsonRow
              tree={tree}
              node={node}
              isOpen={isOpen(node)}
              about={about}
              reveal={found === node ? reveal : null}
              onToggle={toggle}
              onNested={openNested}
            />
          );
        }}
      />
      {isLong ? (
        <button
          type="button"
          className="tv-button tv-line tv-more"
          aria-expanded={all}
          onClick={() => change({ all: !all })}
        >
          {all ? labels.showLess : labels.showAllRows(format.count(rows.length))}
        </button>
      ) : null}
    </>
  );
}

type Move = 'up' | 'down' | 'first' | 'last' | 'in' | 'out' | 'press' | 'none';

/** What a key means in a tree: open lies at the end of the line, whichever side that is. */
function moveOf(key: string, element: Element): Move {
  switch (key) {
    case 'ArrowUp':
      return 'up';
    case 'ArrowDown':
      return 'down';
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    case 'ArrowRight':
      return isRightToLeft(element) ? 'out' : 'in';
    case 'ArrowLeft':
      return isRightToLeft(element) ? 'in' : 'out';
    case 'Enter':
    case ' ':
      return 'press';
    default:
      return 'none';
  }
}
