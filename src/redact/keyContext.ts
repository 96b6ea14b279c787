import type { Rule } from './types.ts';

/** What the keys above a value say about it. Equal ones are one object, so that it can serve as a key itself. */
export interface KeyContext {
  /** The rule that masks the whole value; the first one, where several do. */
  readonly whole: Rule | null;
  /** The rules that search the value: those without a key, and those whose key is above. */
  readonly searching: readonly Rule[];
  /** The context of what stands under this key, here. */
  under(key: string): KeyContext;
}

/** How many keys a context remembers. Those of a trace are few and come again and again; keys that are data must not fill the memory. */
const REMEMBERED = 5_000;

/** The context of what has no key above it. */
export function keyContext(rules: readonly Rule[]): KeyContext {
  const keyed = rules.filter(({ key }) => key);
  const known = new Map<string, KeyContext>();

  const contextOf = (whole: Rule | null, searching: readonly Rule[]): KeyContext => {
    const name = `${whole?.index} ${searching.map(({ index }) => index).join(' ')}`;
    let context = known.get(name);
    if (!context) known.set(name, context = createContext(whole, searching));
    return context;
  };

  const createContext = (whole: Rule | null, searching: readonly Rule[]): KeyContext => {
    const contexts = new Map<string, KeyContext>();
    const context: KeyContext = {
      whole,
      searching,
      under(key) {
        if (keyed.length === 0) return context;
        let below = contexts.get(key);
        if (below) return below;
        const matching = keyed.filter((rule) => rule.key!.test(key));
        below = matching.length === 0 ? context : contextOf(
          [whole, ...matching.filter(({ find }) => !find)].reduce((first, rule) => (!first || (rule && rule.index < first.index) ? rule : first), null),
          rules.filter((rule) => searching.includes(rule) || (rule.find && matching.includes(rule))),
        );
        if (contexts.size >= REMEMBERED) contexts.clear();
        contexts.set(key, below);
        return below;
      },
    };
    return context;
  };

  return contextOf(null, rules.filter(({ key, find }) => find && !key));
}
