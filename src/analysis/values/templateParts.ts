/** A piece of a template, and where it begins: text, or the place of a variable. `filled` = a value of it is recorded. */
export type TemplatePart =
  | { readonly type: 'text'; readonly text: string; readonly from: number }
  | {
      readonly type: 'variable';
      readonly name: string;
      readonly written: string;
      readonly from: number;
      readonly filled: boolean;
    };

/**
 * `{{name}}` (Mustache, Jinja, Handlebars), `${name}` and `{name}` (Python's format, LangChain). What stands in single
 * braces is a variable only where it is a plain name.
 */
const PLACE = /\{\{\{?\s*([^{}\s][^{}]{0,200}?)\s*\}?\}\}|\$\{\s*([\w.-]{1,200})\s*\}|\{([A-Za-z_][\w.]{0,200})\}/g;
/** A template with more places than this is shown as text from there on. */
const PLACES_AT_MOST = 2000;

/**
 * A prompt template in pieces, and the names of variables that it has no place for. Look-ups go by the recorded names;
 * a place like `{{user.name}}` is filled where `user.name` or `user` is.
 */
export function templateParts(
  template: string,
  variables: Readonly<Record<string, unknown>>,
): { readonly parts: readonly TemplatePart[]; readonly unused: readonly string[] } {
  const known = new Map(Object.entries(variables));
  const unused = new Set(known.keys());
  const parts: TemplatePart[] = [];
  let at = 0;
  let places = 0;
  for (const found of template.matchAll(PLACE)) {
    if ((places += 1) > PLACES_AT_MOST) break;
    const name = (found[1] ?? found[2] ?? found[3])!;
    const key = known.has(name) ? name : name.split('.', 1)[0]!;
    const value = known.get(key);
    if (found.index > at) parts.push({ type: 'text', text: template.slice(at, found.index), from: at });
    parts.push({
      type: 'variable',
      name,
      written: found[0],
      from: found.index,
      filled: known.has(key) && value !== null && value !== undefined && value !== '',
    });
    unused.delete(key);
    at = found.index + found[0].length;
  }
  if (at < template.length) parts.push({ type: 'text', text: template.slice(at), from: at });
  return { parts, unused: [...unused] };
}
