import { findings } from '../analysis/agents/findings.ts';
import { spansOf } from '../analysis/agents/rules.ts';
import { parseQuery } from '../analysis/query/syntax/parseQuery.ts';
import type { Trace } from '../model/types.ts';

/** What `--assert` asks: answers with a sentence for each trace that breaks it. */
export interface Assertion {
  readonly words: string;
  broken(trace: Trace): Promise<string | null>;
}

/** What `findings` says, by the word of the command. */
const FOUND: ReadonlyMap<string, string> = new Map([
  ['errors', 'error'],
  ['stuck loops', 'stuck-loop'],
  ['serialised steps', 'serialised'],
  ['orphans', 'orphans'],
]);

/** Reads `no errors`, `no stuck loops`, `no serialised steps`, `no orphans` or `no QUERY`. Throws where it is none. */
export function parseAssertion(words: string): Assertion {
  const what = /^no\s+(?<what>\S.*)$/.exec(words.trim())?.groups?.['what'];
  if (what === undefined)
    throw new Error(
      `--assert takes “no ${[...FOUND.keys()].join('”, “no ')}” or “no QUERY”, such as “no first>1s”, not “${words}”`,
    );
  const code = FOUND.get(what);
  if (code !== undefined)
    return {
      words,
      broken: async (trace) => (await findings(trace)).find((finding) => finding.code === code)?.message ?? null,
    };
  const { problems } = parseQuery(what);
  if (problems.length > 0) throw new Error(`--assert “${words}”: the query is not understood (${problems[0]!.code})`);
  return {
    words,
    async broken(trace) {
      const found = await spansOf(trace, what);
      if (found.length === 0) return null;
      const { name, spanId } = trace.span(found[0]!);
      return `${found.length} ${found.length === 1 ? 'span' : 'spans'}, the first is ${name} (${spanId})`;
    },
  };
}
