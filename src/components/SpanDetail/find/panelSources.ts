import type { Steps } from '../../../analysis/steps.ts';
import { readJsonTree } from '../../../analysis/values/readJsonTree.ts';
import type { JsonTree, PanelSource } from '../../../analysis/values/types.ts';
import { valueTree } from '../../../analysis/values/valueTree.ts';
import { ownValue } from '../../../model/ownValue.ts';
import type { ValueView } from '../../../store/types.ts';
import { valueText } from '../values/valueText.ts';
import { viewOf, viewsOf } from '../values/viewsOf.ts';
import type { PanelText } from '../../../hooks/context/HostLookContext.ts';

/** Values are taken up several at a time: a panel may have many small ones. */
const AT_ONCE = 200;

/**
 * What a panel shows as it shows it: as trees where the view of a value is JSON, else as texts. What is not there is
 * left out.
 */
export function* panelSources(
  texts: Iterable<PanelText>,
  views: Readonly<Record<string, ValueView>>,
): Steps<readonly PanelSource[]> {
  const sources: PanelSource[] = [];
  let count = 0;
  for (const { id, value, field, mimeType, view, section, key } of texts) {
    if ((count += 1) % AT_ONCE === 0) yield;
    if (value === undefined || value === null || value === '') continue;
    const about = { id, ...(section === undefined ? {} : { section }), ...(key === undefined ? {} : { key }) };
    const tree: JsonTree | null =
      viewOf(viewsOf(value, mimeType, view), ownValue(views, field)) === 'json'
        ? yield* typeof value === 'string' ? readJsonTree(value) : valueTree(value)
        : null;
    sources.push(tree ? { ...about, tree } : { ...about, text: yield* valueText(value) });
  }
  return sources;
}
