import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTraces, readTraces, toNativeJson, type TraceSet } from '../../src/core.ts';

/** Places of a list that were looked at, by whatever loop. */
interface Looks {
  count: number;
}

/** A list of two thousand million places that holds these entries, with fields beside them. */
function withHoles(entries: readonly unknown[], looks: Looks): unknown[] {
  const list: unknown[] = [];
  entries.forEach((entry, at) => {
    list[at * 1000 + 7] = entry;
  });
  list.length = 2 ** 31;
  Object.assign(list, { note: 'not an entry', '-1': 'nor this', 1.5: 'nor this' });
  const look = <Answer>(answer: Answer): Answer => {
    looks.count += 1;
    // A loop over the length would not end soon; what reads passes over what throws, and the count tells.
    if (looks.count > 1_000_000) throw new Error('looked at too often');
    return answer;
  };
  return new Proxy(list, {
    get: (from, key) => look(Reflect.get(from, key)),
    has: (from, key) => look(Reflect.has(from, key)),
    getOwnPropertyDescriptor: (from, key) => look(Reflect.getOwnPropertyDescriptor(from, key)),
  });
}

type Place = readonly (string | number)[];

/**
 * Every list in a document that holds something, by the keys that lead to it; of those with one shape of way the first.
 */
function listsIn(root: unknown): readonly Place[] {
  const found = new Map<string, Place>();
  const open: { readonly value: unknown; readonly way: Place }[] = [{ value: root, way: [] }];
  for (let next = open.shift(); next; next = open.shift()) {
    const { value, way } = next;
    if (value === null || typeof value !== 'object') continue;
    const shape = way.map((key) => (typeof key === 'number' ? '*' : key)).join('.');
    if (Array.isArray(value) && value.length > 0 && !found.has(shape)) found.set(shape, way);
    if (Array.isArray(value)) value.forEach((inner, at) => open.push({ value: inner, way: [...way, at] }));
    else for (const [key, inner] of Object.entries(value)) open.push({ value: inner, way: [...way, key] });
  }
  return [...found.values()];
}

/** The document with another list in one place. */
function replaced(root: unknown, [key, ...way]: Place, change: (list: readonly unknown[]) => unknown): unknown {
  if (key === undefined) return change(root as readonly unknown[]);
  const inner = replaced((root as Record<string | number, unknown>)[key], way, change);
  return Array.isArray(root)
    ? root.map((entry: unknown, at) => (at === key ? inner : entry))
    : { ...(root as object), [key]: inner };
}

const sizeOf = (set: TraceSet): number => set.traces.reduce((sum, { spanCount }) => sum + spanCount, 0);
const folder = new URL('../fixtures/', import.meta.url);
// Sessions of coding agents are files, and no format that `readTraces` reads without further setting.
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /^(?!record|cline|opencode|pi\/)[a-z]+\/[^/]*\.jsonl?$/.test(name) && !name.includes('expected'),
);

const documentsIn = (name: string): unknown => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  return name.endsWith('.json')
    ? JSON.parse(text)
    : text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
};

describe('a list of a host with holes', () => {
  it.each(names)('anywhere in %s is read in steps that follow its entries', async (name) => {
    const document = documentsIn(name);
    const whole = readTraces(document as object);
    for (const [kind, source] of [
      ['as it is', document],
      ['native', toNativeJson(whole)],
    ] as const) {
      for (const way of listsIn(source).slice(0, kind === 'native' ? 30 : 100)) {
        const looks: Looks = { count: 0 };
        let entries = 0;
        const set = readTraces(
          replaced(source, way, (list) =>
            withHoles(list, {
              ...looks,
              get count() {
                return looks.count;
              },
              set count(count) {
                entries = list.length;
                looks.count = count;
              },
            }),
          ) as object,
        );
        for (const trace of set.traces) for (const span of trace.spans()) void (await span.content());
        expect([kind, way, looks.count]).toEqual([kind, way, Math.min(looks.count, 1000 + 200 * entries)]);
        // What was written with its spans keeps them; lists of its table of resources stand for nothing else.
        expect([way, sizeOf(set), set.accounting]).toEqual([
          way,
          sizeOf(whole),
          kind === 'native' ? set.accounting : whole.accounting,
        ]);
      }
    }
  });

  it('of inputs and of spans counts what is there', async () => {
    const span = {
      traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
      spanId: '00f067aa0ba902b7',
      name: 'one',
      startTimeUnixNano: '1',
      endTimeUnixNano: '2',
    };
    const spans: unknown[] = [span];
    spans[1000] = 5;
    spans.length = 2 ** 32 - 1;
    for (const input of [spans, { resourceSpans: [{ scopeSpans: [{ spans }] }] }]) {
      expect(readTraces(input).accounting).toEqual({ entries: 2, shown: 1, merged: 0, skipped: 1 });
      expect((await parseTraces(input)).accounting).toEqual({ entries: 2, shown: 1, merged: 0, skipped: 1 });
    }
    const inputs: string[] = [JSON.stringify([span])];
    inputs[2 ** 31] = JSON.stringify([{ ...span, spanId: '00f067aa0ba902b8' }]);
    expect((await parseTraces(inputs)).accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
  });

  it('beside what throws when looked at is still passed over', async () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const looks: Looks = { count: 0 };
    const inputs = {
      gone: revoked.proxy,
      get bites(): never {
        throw new Error('not yours');
      },
      messages: withHoles([{ role: 'user', content: 'hello' }], looks),
    };
    const set = readTraces([
      { id: 'r', trace_id: 'r', name: 'r', run_type: 'llm', start_time: '2026-09-21T00:00:00Z', inputs },
    ]);
    const { messages } = await set.traces[0]!.span(0).content();
    expect([looks.count < 500, messages?.input.map(({ role }) => role)]).toEqual([true, ['user']]);
  });
});
