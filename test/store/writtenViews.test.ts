import { describe, expect, it } from 'vitest';
import { decodeViewState, encodeViewState, type ViewState } from '../../src/store/viewState.ts';

const TRACE = '4f7bec97fa07f3475f37e1d4f4fdf0a3';

/**
 * Addresses that people keep, as version 0.1.0 wrote them, when `shownColumns` was called `columns`. They are never to
 * be written anew: what they say has to stay readable.
 */
const WRITTEN: readonly (readonly [text: string, pieces: Partial<ViewState>])[] = [
  ['1', {}],
  ['1.s4f7bec97fa07f3475f37e1d4f4fdf0a3_2f00f067aa0ba902b7', { selectedSpan: `${TRACE}/00f067aa0ba902b7` }],
  ['1.en', { expansion: { base: 'none', except: [] } }],
  [
    '1.s4f7bec97fa07f3475f37e1d4f4fdf0a3_2f00f067aa0ba902b7.e2*_k00f067aa0ba902b8*other_2f1_232',
    {
      selectedSpan: `${TRACE}/00f067aa0ba902b7`,
      expansion: { base: 2, except: [`${TRACE}/00f067aa0ba902b8`, 'other/1#2'] },
    },
  ],
  ['1.fn*loop_232', { folds: { base: 'none', except: ['loop#2'] } }],
  ['1.w0*1500000000', { timeWindow: [0, 1.5e9] }],
  ['1.w-0_2e25*1e_2b21', { timeWindow: [-0.25, 1e21] }],
  ['1.qkind_3allm_20gr_f6_dfe_20_22two_20words_22_20_u4f8b_2e_2a_5f', { query: 'kind:llm größe "two words" 例.*_' }],
  [
    '1.cduration*cost*attribute_3agen_5fai_2erequest_2emodel',
    { shownColumns: ['duration', 'cost', 'attribute:gen_ai.request.model'] },
  ],
  ['1.pmessages', { panel: 'messages' }],
  ['1.qis_3aerror.mh', { query: 'is:error', filterMode: 'hide' }],
  ['1.ocost*d', { sort: { id: 'cost', descending: true } }],
  ['1.oattribute_3aa_2eb*a', { sort: { id: 'attribute:a.b', descending: false } }],
  ['1.is', { shortenIdle: true }],
  ['1.kn', { criticalPath: false }],
  ['1.vflame.ucost', { mainView: 'flame', flameLook: { measure: 'cost' } }],
  ['1.u*n*y', { flameLook: { merged: false, inverted: true } }],
  ['1.rrun*errors', { graphLook: { mode: 'run', measure: 'errors' } }],
  ['1.zmodel*p95*n', { statisticsLook: { by: 'model', sort: 'p95', descending: false } }],
  ['1.y4f7bec97fa07f3475f37e1d4f4fdf0a3_2f00f067aa0ba902b7', { contextAgent: `${TRACE}/00f067aa0ba902b7` }],
  ['1.y', { contextAgent: '' }],
  [
    '1.s4f7bec97fa07f3475f37e1d4f4fdf0a3_2f00f067aa0ba902b7.ea*_ka.f1.w5*10.qrefund.ctokens.pio.mh.oself*a.is.kn',
    {
      selectedSpan: `${TRACE}/00f067aa0ba902b7`,
      expansion: { base: 'all', except: [`${TRACE}/a`] },
      folds: { base: 1, except: [] },
      timeWindow: [5, 10],
      query: 'refund',
      shownColumns: ['tokens'],
      panel: 'io',
      filterMode: 'hide',
      sort: { id: 'self', descending: false },
      shortenIdle: true,
      criticalPath: false,
    },
  ],
];

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

describe('addresses that are written down somewhere', () => {
  it.each(WRITTEN)('%s', (text, pieces) => {
    expect(decodeViewState(text)).toEqual({ ...nothing, ...pieces });
    expect(encodeViewState({ ...nothing, ...pieces })).toBe(text);
  });
});
