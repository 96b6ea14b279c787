import { expect, it } from 'vitest';
import { readTraces } from '../../src/core.ts';

const TRACE = '7c1d0f8e5b6a49d2a3c4e5f60718293a';
const span = (name: string, start: number, parentSpanId?: string) => ({
  traceId: TRACE,
  spanId: '00000000000000a1',
  name,
  startTimeUnixNano: `179535364825000000${start}`,
  endTimeUnixNano: '1795353648250000009',
  ...(parentSpanId === undefined ? {} : { parentSpanId }),
});

it('a span that names its own id as its parent means the other one of that id', () => {
  const [outer, inner] = [span('outer', 1), span('inner', 2, '00000000000000a1')];
  for (const list of [
    [outer, inner],
    [inner, outer],
  ]) {
    const { traces, diagnostics } = readTraces(list);
    expect([...traces[0]!.spans()].map(({ name, parent }) => [name, parent?.name])).toEqual([
      ['outer', undefined],
      ['inner', 'outer'],
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['duplicate-span-id']);
  }
});

it('alone it is a root', () => {
  const { traces, diagnostics } = readTraces([span('inner', 2, '00000000000000a1')]);
  expect([...traces[0]!.spans()].map(({ parent }) => parent)).toEqual([null]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['self-parent']);
});
