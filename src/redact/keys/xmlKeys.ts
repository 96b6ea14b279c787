import type { KeyContext } from './keyContext.ts';
import type { KeyedValue } from './quotedKeys.ts';

const TAG = /<([A-Za-z_][\w.:-]{0,99})(?:\s[^<>]{0,500})?>/g;
const CDATA = '<![CDATA[';

/**
 * What stands between `<password>` and `</password>`, with or without a prefix; to the next tag where it is not closed.
 */
export function xmlKeys(text: string, context: KeyContext, visit: (value: KeyedValue) => void): void {
  if (!text.includes('<')) return;
  /** Where each name is closed next, so that nothing is searched twice. */
  const closings = new Map<string, number>();
  const closingOf = (name: string, from: number): number => {
    let at = closings.get(name) ?? -1;
    if (at < from) closings.set(name, (at = text.indexOf(`</${name}`, from)));
    if (at < 0) closings.set(name, (at = Infinity));
    return at;
  };
  for (let next = 0; ;) {
    TAG.lastIndex = next;
    const found = TAG.exec(text);
    if (!found) return;
    next = TAG.lastIndex;
    const name = found[1]!;
    const own = context.under(name);
    const below = own === context && name.includes(':') ? context.under(name.slice(name.indexOf(':') + 1)) : own;
    if (below === context || found[0].endsWith('/>')) continue;
    const closing = closingOf(name, next);
    let start = next;
    let end = closing;
    if (closing === Infinity) {
      const tag = text.indexOf('<', next);
      end = tag < 0 ? text.length : tag;
    } else if (text.startsWith(CDATA, start)) {
      start += CDATA.length;
      const inner = text.lastIndexOf(']]>', end);
      if (inner >= start) end = inner;
    }
    if (end > start) visit({ start, end, context: below, kind: 'text', quote: '', escaped: false });
    next = Math.max(next, end);
  }
}
