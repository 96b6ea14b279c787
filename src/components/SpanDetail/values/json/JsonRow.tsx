'use client';
import { soon } from '../../../../analysis/steps.ts';
import { jsonPath } from '../../../../analysis/values/jsonPath.ts';
import { jsonText } from '../../../../analysis/values/jsonText.ts';
import { hasEntries, jsonType } from '../../../../analysis/values/jsonTree.ts';
import { holdsJson } from '../../../../analysis/values/nestedJson.ts';
import type { JsonTree } from '../../../../analysis/values/types.ts';
import type { Reveal } from '../../../../hooks/context/FindContext.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { Sign } from '../../../parts/icons.tsx';
import { useCopy } from '../../../parts/useCopy.ts';
import { ShownText, type TextAbout } from '../ShownText.tsx';
import { TextView } from '../TextView.tsx';

interface JsonRowProps {
  readonly tree: JsonTree;
  readonly node: number;
  readonly isOpen: boolean;
  readonly about: TextAbout | undefined;
  readonly reveal: Reveal | null;
  onToggle(node: number): void;
  onNested(node: number): void;
}

/** Deeper levels are not moved further in: there would be no room for what they say. */
const LEVELS = 24;
const KEY_AT_MOST = 2000;

/** One node of a tree: its key, what it is, and what can be done with it. */
export function JsonRow({ tree, node, isOpen, about, reveal, onToggle, onNested }: JsonRowProps) {
  const { labels } = useTraceContext();
  const copy = useCopy();
  const key = tree.keys[node] ?? null;
  const opens = hasEntries(tree, node);
  const depth = tree.depth[node]! - (hasEntries(tree, 0) ? 1 : 0);
  const inKey = reveal?.match.part === 'key' ? reveal : null;
  return (
    // The keys of the tree act on the whole of it.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      className="tv-json-row"
      data-type={jsonType(tree, node)}
      style={{ paddingInlineStart: Math.min(depth, LEVELS) * 14 }}
      onClick={opens ? () => (hasSelection() ? undefined : onToggle(node)) : undefined}
    >
      <span className="tv-fold" data-state={opens ? (isOpen ? 'open' : 'closed') : 'leaf'} aria-hidden="true">
        {opens ? <Sign name={isOpen ? 'down' : 'right'} size={8} /> : null}
      </span>
      {key === null ? null : (
        <span className="tv-json-key" data-place={typeof key === 'number' || undefined}>
          <bdi>
            <ShownText text={String(key).slice(0, KEY_AT_MOST)} about={about} reveal={inKey} />
          </bdi>
        </span>
      )}
      <div className="tv-json-value">
        <NodeValue tree={tree} node={node} about={about} reveal={inKey ? null : reveal} />
      </div>
      {/* Reached by pointer, and by Tab from the row that has the keyboard. */}
      <span className="tv-json-tools">
        {holdsJson(tree, node) ? (
          <button type="button" className="tv-button tv-small" onClick={pressed(() => onNested(node))}>
            {labels.openJson}
          </button>
        ) : null}
        <button
          type="button"
          className="tv-button tv-icon tv-small"
          aria-label={labels.copyPath}
          title={labels.copyPath}
          onClick={pressed(() => void copy(jsonPath(tree, node), labels.pathCopied))}
        >
          $
        </button>
        <button
          type="button"
          className="tv-button tv-icon tv-small"
          aria-label={labels.copyValue}
          title={labels.copyValue}
          onClick={pressed(() => void copy(nodeText(tree, node), labels.valueCopied))}
        >
          <Sign name="copy" size={10} />
        </button>
      </span>
    </div>
  );
}

/** A press on a button in a row is not one on the row. */
const pressed =
  (act: () => void) =>
  (event: { stopPropagation(): void }): void => {
    event.stopPropagation();
    act();
  };

/** Who marks words with the pointer does not mean to open anything. */
const hasSelection = (): boolean => typeof getSelection === 'function' && getSelection()?.isCollapsed === false;

/** Strings as they are, all else as JSON. */
const nodeText = (tree: JsonTree, node: number): string | Promise<string> =>
  jsonType(tree, node) === 'string' ? tree.texts[node]! : soon(jsonText(tree, node));

/** Longer strings, and those of several lines, are shown as text of their own. */
const ONE_LINE = 240;

function NodeValue({ tree, node, about, reveal }: Pick<JsonRowProps, 'tree' | 'node' | 'about' | 'reveal'>) {
  const { labels, format } = useTraceContext();
  const text = tree.texts[node]!;
  const type = jsonType(tree, node);
  const count = tree.entries[node]!;
  switch (type) {
    case 'object':
      return <span className="tv-faint">{count === 0 ? '{}' : labels.keyCount(count, format.count(count))}</span>;
    case 'list':
      return <span className="tv-faint">{count === 0 ? '[]' : labels.itemCount(count, format.count(count))}</span>;
    case 'json':
      return <span className="tv-faint">{labels.jsonWithin(format.count(count))}</span>;
    case 'cut':
      return <span className="tv-faint">{labels.cutOff(format.count(count))}</span>;
    case 'string':
      return text.length > ONE_LINE || text.includes('\n') ? (
        <TextView text={text} about={about} reveal={reveal} lines={6} />
      ) : (
        <span className="tv-json-string">
          <bdi>
            <ShownText text={text} about={about} reveal={reveal} />
          </bdi>
        </span>
      );
    default:
      return <ShownText text={text} about={about} reveal={reveal} />;
  }
}
