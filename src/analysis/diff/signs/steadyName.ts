/**
 * A name without what changes from run to run: counters behind a separator, UUIDs, long hexadecimal words, and the
 * model, which some conventions write into the name (`chat gpt-4o`). `step 3` and `step 4` are the same step at another
 * turn.
 */
export function steadyName(name: string, model: string): string {
  const bare = name.length > 400 ? name.slice(0, 400) : name;
  const without = model === '' ? bare : withoutModel(bare, model);
  return without
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '#')
    .replace(/\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,}\b/gi, '#')
    .replace(/(?<=^|[\s_\-#:./[(])\d+/g, '#');
}

/** The span may name the model that was asked for and have that which answered: `gpt-4o`, `gpt-4o-2024-08-06`. */
function withoutModel(name: string, model: string): string {
  const exact = name.replace(model, '#');
  if (exact !== name) return exact;
  return name
    .split(' ')
    .map((word) => (word.length > 3 && /[\d-]/.test(word) && model.startsWith(word) ? '#' : word))
    .join(' ');
}
