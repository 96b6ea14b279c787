import type { Rule } from '../types.ts';

/** What the keys above a value mean for it. Equal ones are one object, so that it can serve as a key itself. */
export interface KeyContext {
  /** The rule that masks the whole value; the first one, where several do. */
  readonly whole: Rule | null;
  /** The rules that search the value: those without a key, and those whose key is above. */
  readonly searching: readonly Rule[];
  /** The context of what stands under this key, here. */
  under(key: string): KeyContext;
  /**
   * The same for an attribute that an adapter may have put its prefix before: `langsmith.metadata.pin` is `pin` too,
   * and `prompt.name` is `promptName`, where a key of that name was met and is one that a rule matches.
   */
  underTail(key: string): KeyContext;
}

/** How pairs call what names their value, and how they call the value: OTLP, headers (HAR), forms. */
export const PAIR_NAMES: readonly string[] = ['key', 'name', 'k'];
export const PAIR_VALUES: ReadonlySet<string> = new Set(['value', 'v', 'values']);

/**
 * How many keys a context remembers. Those of a trace are few and come again and again; keys that are data must not
 * fill the memory.
 */
const REMEMBERED = 5_000;

/** The context of what has no key above it. */
export function keyContext(rules: readonly Rule[]): KeyContext {
  const keyed = rules.filter(({ key }) => key);
  const known = new Map<string, KeyContext>();
  /** Keys that were met and matched, by their letters and digits. */
  const matched = new Map<string, string>();

  const contextOf = (whole: Rule | null, searching: readonly Rule[]): KeyContext => {
    const name = `${whole?.index} ${searching.map(({ index }) => index).join(' ')}`;
    let context = known.get(name);
    if (!context) known.set(name, (context = createContext(whole, searching)));
    return context;
  };

  const createContext = (whole: Rule | null, searching: readonly Rule[]): KeyContext => {
    const contexts = new Map<string, KeyContext>();
    const tails = new Map<string, KeyContext>();
    let tailsOf = 0;
    const context: KeyContext = {
      whole,
      searching,
      under(key) {
        if (keyed.length === 0) return context;
        let below = contexts.get(key);
        if (below) return below;
        const matching = keyed.filter((rule) => rule.key!.test(key));
        if (matching.length > 0 && matched.size < REMEMBERED) matched.set(foldKey(key), key);
        below =
          matching.length === 0
            ? context
            : contextOf(
                [whole, ...matching.filter(({ find }) => !find)].reduce(
                  (first, rule) => (!first || (rule && rule.index < first.index) ? rule : first),
                  null,
                ),
                rules.filter((rule) => searching.includes(rule) || (rule.find && matching.includes(rule))),
              );
        if (contexts.size >= REMEMBERED) contexts.clear();
        contexts.set(key, below);
        return below;
      },
      underTail(key) {
        const own = context.under(key);
        if (own !== context || matched.size === 0) return own;
        if (tailsOf !== matched.size || tails.size >= REMEMBERED) {
          tails.clear();
          tailsOf = matched.size;
        }
        let below = tails.get(key);
        if (!below) tails.set(key, (below = context.under(tailOf(key) ?? key)));
        return below;
      },
    };
    return context;
  };
  const tailOf = (key: string): string | undefined => {
    for (let dot = key.indexOf('.'); dot >= 0 && dot < LONGEST_PREFIX; dot = key.indexOf('.', dot + 1)) {
      const met = matched.get(foldKey(key.slice(dot + 1)));
      if (met !== undefined) return met;
    }
    return undefined;
  };

  return contextOf(
    null,
    rules.filter(({ key, find }) => find && !key),
  );
}

/** Where the last point of a prefix may stand. */
const LONGEST_PREFIX = 100;

const foldKey = (key: string): string => key.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
