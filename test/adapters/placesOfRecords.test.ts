import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraces, redactors, type Score, type TraceAdapter, type TraceSet } from '../../src/core.ts';
import { dump } from '../model/dump.ts';

/** What an adapter of a host tells, entry by entry. */
interface PlacedRecord {
  readonly span?: { readonly trace?: string; readonly id?: string; readonly parent?: string; readonly name: string };
  readonly score?: string;
}

const host: TraceAdapter = {
  name: 'host',
  detect: () => null,
  read(document, sink) {
    for (const { span, score } of document as readonly PlacedRecord[]) {
      if (span)
        sink.span({
          traceId: span.trace,
          spanId: span.id,
          parentSpanId: span.parent,
          name: span.name,
          start: 1795359116000,
          end: 1795359116001,
          timeUnit: 'ms',
          source: span,
          attributes: undefined,
        });
      if (score !== undefined)
        sink.score({
          name: 'good',
          value: 1,
          label: null,
          comment: null,
          source: 'human',
          target: { level: 'span', key: score },
        });
    }
  },
};
const read = (records: readonly PlacedRecord[], redact = false): TraceSet =>
  readTraces(records, { adapters: [host], format: 'host', ...(redact ? { redact: [redactors.email] } : {}) });
const codes = (set: TraceSet) => set.diagnostics.map(({ code, count }) => `${code} ${count}`);
const scoresOf = (set: TraceSet): readonly Score['target'][] =>
  set.traces
    .flatMap((trace) => [...trace.scores, ...Array.from(trace.spans()).flatMap(({ scores }) => scores)])
    .map(({ target }) => target);

describe('a record without a trace id', () => {
  const records: readonly PlacedRecord[] = [
    { span: { trace: 't', id: 'root', name: 'root' } },
    { span: { id: 'a', parent: 'root', name: 'a' } },
    { span: { id: 'b', parent: 'a', name: 'b' } },
    { span: { parent: 'b', name: 'without an id' } },
    { span: { trace: 'u', id: 'other', name: 'other' } },
  ];

  it('is in the trace of its root, with masking and without, in whatever order they come', () => {
    const expected = dump(read(records));
    expect(expected.traces.map(({ key, spans }) => [key, spans.map(({ depth, name }) => `${depth} ${name}`)])).toEqual([
      ['t', ['0 root', '1 a', '2 b', '3 without an id']],
      ['u', ['0 other']],
    ]);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...records], { minLength: records.length }),
        fc.boolean(),
        (shuffled, redact) => {
          expect(dump(read(shuffled, redact))).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is in the first of several traces that have its parent', () => {
    const twice: readonly PlacedRecord[] = [
      { span: { trace: 't', id: 'root', name: 'root' } },
      { span: { trace: 's', id: 'root', name: 'root' } },
      { span: { id: 'a', parent: 'root', name: 'a' } },
    ];
    for (const list of [twice, [...twice].reverse()])
      expect(read(list).traces.map(({ key, spanCount }) => [key, spanCount])).toEqual([
        ['s', 2],
        ['t', 1],
      ]);
  });
});

describe('a score that names a span alone', () => {
  const spans: readonly PlacedRecord[] = [
    { span: { trace: 't', id: 'a', name: 'a' } },
    { span: { trace: 's', id: 'a', name: 'a' } },
    { span: { trace: 's', id: 'b', name: 'b' } },
  ];

  it('goes to the one that has this id', () => {
    const set = read([{ score: 'b' }, ...spans]);
    expect(scoresOf(set)).toEqual([{ level: 'span', key: 's/b' }]);
    expect(codes(set)).toEqual([]);
  });

  it('is ambiguous where several have it: it stands with the same one in any order, and that is reported', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...spans, { score: 'a' }], { minLength: 4 }), (shuffled) => {
        const set = read(shuffled);
        expect(scoresOf(set)).toEqual([{ level: 'span', key: 's/a' }]);
        expect(codes(set)).toEqual(['ambiguous-score-target 1']);
      }),
      { numRuns: 30 },
    );
  });
});
