import type { ValueView } from '../../../store/types.ts';

/** Longer texts are not read as Markdown: all of it is read before any of it is shown. */
export const MARKDOWN_AT_MOST = 200_000;

/** How a value can be looked at; the first is how it is without anybody's choice. */
export function viewsOf(value: unknown, mimeType: string | undefined, preferred?: ValueView): readonly ValueView[] {
  if (typeof value !== 'string') return value !== null && typeof value === 'object' ? ['json', 'code'] : ['text'];
  const own = guess(value, mimeType);
  const first = preferred ?? own;
  const fitting: readonly ValueView[] = own === 'json' ? ['json', 'text', 'code'] : ['text', 'markdown', 'code'];
  return [first, ...fitting.filter((view) => view !== first)];
}

/** The view of a value: the chosen one of its kind of field where it fits, else its first. */
export const viewOf = (views: readonly ValueView[], chosen: ValueView | undefined): ValueView =>
  chosen !== undefined && views.includes(chosen) ? chosen : views[0]!;

function guess(text: string, mimeType: string | undefined): ValueView {
  if (looksLikeJson(text)) return 'json';
  if (text.length > MARKDOWN_AT_MOST) return 'text';
  if (mimeType === 'text/markdown' || looksLikeMarkdown(text)) return 'markdown';
  return 'text';
}

/** By its ends alone: whether it is JSON shows when it is read. */
function looksLikeJson(text: string): boolean {
  const first = /^\s*([[{])/.exec(text.slice(0, 64))?.[1];
  return first !== undefined && (first === '{' ? /\}\s*$/ : /\]\s*$/).test(text.slice(-64));
}

/** Of a text only its beginning is looked at. */
const LOOKED_AT = 4000;
const BLOCKS = /^(?:#{1,6} \S|```|~~~| {0,3}[-*+] \S| {0,3}\d{1,3}[.)] \S|> \S|\|[^\n]*\|\s*$)/m;
const INLINES = /\*\*[^*\n]{1,200}\*\*|\[[^\]\n]{1,200}\]\([^)\n]{1,500}\)|`[^`\n]{1,200}`/;

function looksLikeMarkdown(text: string): boolean {
  const head = text.slice(0, LOOKED_AT);
  return BLOCKS.test(head) || INLINES.test(head);
}
