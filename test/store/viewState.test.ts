import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VIEW_STATE_LIMITS } from '../../src/store/pieceText.ts';
import { decodeViewState, encodeViewState, type ViewState } from '../../src/store/viewState.ts';

const TRACE = '4f7bec97fa07f3475f37e1d4f4fdf0a3';
const nothing: ViewState = {
  version: 1,
  selectedSpan: null,
  expansion: { base: 'all', except: [] },
  folds: { base: 'all', except: [] },
  timeWindow: null,
  query: '',
  shownColumns: [],
  panel: null,
};

const key = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((n) => `${TRACE}/000000000000000${n}`),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('__proto__', 'a/b/c', '/', '', 'loop#2'),
);
const expansion = fc.record({
  base: fc.oneof(fc.constantFrom('all' as const, 'none' as const), fc.nat(1_000_000)),
  except: fc.array(key, { maxLength: 6 }),
});
const time = fc.oneof(
  fc.maxSafeNat(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
);
const always: fc.Arbitrary<ViewState> = fc.record({
  version: fc.constant(1 as const),
  selectedSpan: fc.option(key),
  expansion,
  folds: expansion,
  timeWindow: fc.option(fc.tuple(time, time).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)),
  query: fc.string({ unit: 'binary', maxLength: 60 }),
  shownColumns: fc.array(fc.string({ maxLength: 12 }), { maxLength: 5 }),
  panel: fc.option(fc.string({ maxLength: 12 })),
});
const atTimes = fc.record(
  {
    filterMode: fc.constant('hide' as const),
    sort: fc.record({ id: fc.string({ maxLength: 12 }), descending: fc.boolean() }),
    shortenIdle: fc.constant(true),
    criticalPath: fc.constant(false),
    argumentsInRows: fc.constant(false),
  },
  { requiredKeys: [] },
);
const view = fc.tuple(always, atTimes).map(([state, more]): ViewState => ({ ...state, ...more }));

describe('view state in a URL', () => {
  it('says nothing of what is as it was', () => {
    expect(encodeViewState(nothing)).toBe('1');
    expect(decodeViewState('1')).toEqual(nothing);
  });

  it('says nothing of what is as by default', () =>
    expect(
      encodeViewState({ ...nothing, filterMode: 'dim', shortenIdle: false, criticalPath: true, argumentsInRows: true }),
    ).toBe('1'));

  it('is short and can be read', () => {
    expect(
      encodeViewState({
        ...nothing,
        filterMode: 'hide',
        sort: { id: 'cost', descending: true },
        shortenIdle: true,
        criticalPath: false,
      }),
    ).toBe('1.mh.ocost*d.is.kn');
    expect(
      encodeViewState({
        version: 1,
        selectedSpan: `${TRACE}/00f067aa0ba902b7`,
        expansion: { base: 2, except: [`${TRACE}/00f067aa0ba902b8`] },
        folds: { base: 'none', except: [] },
        timeWindow: [0, 1.5e9],
        query: 'kind:llm größe',
        shownColumns: ['span', 'cost'],
        panel: 'messages',
      }),
    ).toBe(
      `1.s${TRACE}_2f00f067aa0ba902b7.e2*_k00f067aa0ba902b8.fn.w0*1500000000.qkind_3allm_20gr_f6_dfe.cspan*cost.pmessages`,
    );
  });

  it('comes back as it was, and no part of a URL changes it', () => {
    fc.assert(
      fc.property(view, (state) => {
        const text = encodeViewState(state);
        expect(decodeViewState(text)).toEqual(state);
        expect(encodeURIComponent(text)).toBe(text);
        expect(new URLSearchParams({ v: text }).toString()).toBe(`v=${text}`);
      }),
    );
  });

  it.each([
    ['', 'nothing'],
    ['2.qa', 'a later version'],
    ['1.', 'an empty piece'],
    ['1.xa', 'an unknown piece'],
    ['1.qa.qb', 'a piece twice'],
    ['1.pa.qb', 'pieces in another order'],
    ['1.q%41', 'another escape'],
    ['1.q_4', 'half an escape'],
    ['1.q_u00', 'half a long escape'],
    ['1.s_kabc', 'a short key without a long one'],
    ['1.e', 'no base'],
    ['1.e-1', 'a base below zero'],
    ['1.e9999999', 'a base deeper than any tree'],
    ['1.w5', 'half a window'],
    ['1.w5*1', 'a window that ends before it begins'],
    ['1.wNaN*1', 'no number'],
    ['1.w1*2*3', 'a window of three times'],
    ['1.w1e999*1e999', 'infinity'],
    ['1.md', 'an unknown mode'],
    ['1.ocost', 'an order without a direction'],
    ['1.ocost*x', 'an unknown direction'],
    ['1.i', 'no word of idle time'],
    ['1.ky', 'an unknown word'],
    [`1.q${'a'.repeat(VIEW_STATE_LIMITS.query + 1)}`, 'a query that is too long'],
    [`1.q${'a'.repeat(1e6)}`, 'a megabyte'],
    [`1.ea${'*a'.repeat(VIEW_STATE_LIMITS.exceptions + 1)}`, 'too many keys'],
    [`1.s${'a'.repeat(VIEW_STATE_LIMITS.key + 1)}`, 'a key that is too long'],
  ])('null for %.40j: %s', (text) => {
    expect(decodeViewState(text)).toBeNull();
  });

  it('never throws, and what it accepts is within the limits', () => {
    const piece = fc
      .tuple(fc.constantFrom(...'sefwqcpmoikx'), fc.string({ unit: fc.constantFrom(...'an1*_kufhsd-/e.') }))
      .map(([letter, rest]) => letter + rest);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 7 }).map((pieces) => ['1', ...pieces].join('.')),
        ),
        (text) => {
          const state = decodeViewState(text);
          expect(state && decodeViewState(encodeViewState(state))).toEqual(state);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([undefined, null, 5, {}, []])('null for what is no text: %j', (value) => {
    expect(decodeViewState(value as never)).toBeNull();
  });

  it('leaves out what is too large, so that what it writes can always be read', () => {
    const long = '\u{10ffff}'.repeat(200);
    const keys = Array.from({ length: 5000 }, (_, i) => (i < 40 ? `é${'é'.repeat(200)}${i}` : `${TRACE}/${i}`));
    const text = encodeViewState({
      version: 1,
      selectedSpan: long,
      expansion: { base: 'none', except: keys },
      folds: { base: 1e300, except: [...keys].reverse() },
      timeWindow: [Number.NaN, 1],
      query: long.repeat(9),
      shownColumns: Array.from({ length: 100 }, () => '\u{ffff}'.repeat(64)),
      panel: long,
    });
    expect(text.length).toBeLessThan(VIEW_STATE_LIMITS.text);
    const back = decodeViewState(text)!;
    expect(back).toMatchObject({ selectedSpan: null, timeWindow: null, query: '', panel: null });
    expect(back.shownColumns).toHaveLength(VIEW_STATE_LIMITS.columns);
    expect(back.expansion.except.length).toBeGreaterThan(10);
    expect(back.expansion.except).toEqual(keys.slice(0, back.expansion.except.length));
    expect(back.folds.except.length).toBeGreaterThan(100);
  });
});
