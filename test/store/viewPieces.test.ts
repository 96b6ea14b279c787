import { describe, expect, it, vi } from 'vitest';
import { createTraceStore, viewsOf } from '../../src/store/createTraceStore.ts';
import { PIECE_ROWS, VIEW_PIECES, type ViewPieces } from '../../src/store/viewPieces.ts';
import { decodeViewState, encodeViewState, viewPiecesOf, viewStateOf } from '../../src/store/viewState.ts';

/** One value that is not the default, for each piece: a new piece has to stand here, or this does not compile. */
const OTHER: { readonly [Piece in keyof ViewPieces]: ViewPieces[Piece] } = {
  selectedSpan: 't/1',
  expansion: { base: 1, except: ['t/2'] },
  folds: { base: 'none', except: [] },
  timeWindow: [1, 2],
  query: 'refund',
  shownColumns: ['cost'],
  panel: 'io',
  mainView: 'transcript',
  filterMode: 'hide',
  sort: { id: 'cost', descending: true },
  shortenIdle: true,
  criticalPath: false,
  colorBy: 'service',
  reading: true,
  argumentsInRows: false,
  findingsList: 'speedups',
  atFinding: true,
  alignment: 'apart',
  differences: 'moved',
  pairs: { pair: [['t/a', 't/-b']], forbid: [['t/_c', 'u/d']] },
  traceQuery: 'status:error',
  flameLook: { measure: 'cost', inverted: true },
  graphLook: { mode: 'run', measure: 'errors' },
  statisticsLook: { sort: 'cost', descending: false },
  contextAgent: 't/3',
  range: [3, 4],
  follow: false,
};

describe('the table of view state', () => {
  it('has a letter of its own for each piece of an address', () => {
    const letters = PIECE_ROWS.flatMap(({ letter }) => letter ?? []);
    expect(new Set(letters).size).toBe(letters.length);
    expect(PIECE_ROWS.filter(({ letter }) => letter === undefined).map(({ name }) => name)).toEqual([
      'follow',
      'range',
    ]);
  });

  it('is what a store begins with', () => {
    const state = createTraceStore().getState();
    for (const { name, default: byDefault } of PIECE_ROWS) expect([name, state[name]]).toEqual([name, byDefault]);
  });

  it('brings each piece through an address, or leaves it out', () => {
    const { range, follow, ...kept } = OTHER;
    expect(viewPiecesOf(decodeViewState(encodeViewState(viewStateOf(OTHER))))).toEqual(kept);
    expect(range).not.toBe(VIEW_PIECES.range.default);
    expect(follow).not.toBe(VIEW_PIECES.follow.default);
  });

  it('takes a view that says less than all, as an older version may have kept it', () => {
    expect(viewPiecesOf({ version: 1, query: 'a', columns: ['cost'] } as never)).toEqual({ query: 'a' });
  });
});

describe('several views of one store', () => {
  it('tells each host, and one that they share only once', () => {
    const store = createTraceStore();
    const [shared, other] = [vi.fn<(query: string) => void>(), vi.fn<(query: string) => void>()];
    viewsOf(store).link({ controlled: {}, onChange: { query: shared } }, {});
    viewsOf(store).link({ controlled: {}, onChange: { query: shared } }, {});
    viewsOf(store).link({ controlled: {}, onChange: { query: other } }, {});
    store.actions.setQuery('refund');
    expect(shared.mock.calls).toEqual([['refund']]);
    expect(other.mock.calls).toEqual([['refund']]);
  });

  it('leaves a piece to the host of any of them, until that view is gone', () => {
    const store = createTraceStore();
    const view = {};
    viewsOf(store).link({ controlled: { query: '' }, onChange: {} }, view);
    viewsOf(store).link({ controlled: {}, onChange: {} }, {});
    store.actions.setQuery('refund');
    expect(store.getState().query).toBe('');
    viewsOf(store).unlink(view);
    store.actions.setQuery('refund');
    expect(store.getState().query).toBe('refund');
  });

  it('says so where a store is none', () => {
    expect(() => viewsOf({} as never)).toThrow('createTraceStore');
  });
});
