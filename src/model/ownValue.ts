/**
 * Looks a word up in a table of ours; undefined where it does not know it. Every look-up by text that is not written
 * in the source goes through here: words come from files, hosts and addresses, and every plain object answers to
 * `constructor`, `toString` and `__proto__`.
 */
export function ownValue<Value>(table: Readonly<Record<string, Value>> | undefined, word: string): Value | undefined {
  return table !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;
}

/** Sets a field of any name: `__proto__` is one like any other, and changes no prototype. */
export function setOwn<Value>(table: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__')
    Object.defineProperty(table, name, { value, enumerable: true, configurable: true, writable: true });
  else table[name] = value;
}
