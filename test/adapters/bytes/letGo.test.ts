import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { parseTraces, type TraceSet } from '../../../src/core.ts';
import { resourceSpans } from '../../bench/generate.mjs';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

it('a trace that is dropped takes its bytes, columns and opened contents with it', async () => {
  const held = new Map<string, WeakRef<object>>();
  const read = async (): Promise<TraceSet> => {
    const bytes = new TextEncoder().encode(JSON.stringify({ resourceSpans: Array.from(resourceSpans(300, 5)) }));
    held.set('bytes', new WeakRef(bytes.buffer));
    const set = await parseTraces(bytes, { holdAs: 'bytes' });
    const trace = set.traces[0]!;
    held.set('trace', new WeakRef(trace));
    held.set('columns', new WeakRef(trace.columns.start));
    held.set('content', new WeakRef(await trace.content(7)));
    expect(trace.span(7).spanId).toMatch(/^[0-9a-f]{16}$/);
    return set;
  };
  let set: TraceSet | null = await read();
  const left = async (): Promise<readonly string[]> => {
    // References that were looked at stay until the turn ends.
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
      collect();
    }
    return Array.from(held).flatMap(([name, ref]) => (ref.deref() ? [name] : []));
  };
  expect(await left()).toEqual(['bytes', 'trace', 'columns']);
  expect(set.traces.length).toBe(1);
  set = null;
  expect(await left()).toEqual([]);
});
