import { describe, expect, it, vi } from 'vitest';
import { createTraceStore, viewsOf } from '../../src/store/createTraceStore.ts';

describe('the tab of the details', () => {
  it('is the first that fits until one is chosen', () => {
    const store = createTraceStore();
    expect(store.getState()).toMatchObject({ panel: null, detailWidth: null });
    store.actions.showPanel('raw');
    store.actions.setDetailWidth(500);
    expect(store.getState()).toMatchObject({ panel: 'raw', detailWidth: 500 });
    expect(createTraceStore({ panel: 'events' }).getState().panel).toBe('events');
  });

  it('is the host’s where the host owns it', () => {
    const store = createTraceStore();
    const onChange = vi.fn<(id: string | null) => void>();
    viewsOf(store).link({ controlled: { panel: 'io' }, onChange: { panel: onChange } });
    store.actions.showPanel('raw');
    store.actions.showPanel('io');
    expect(store.getState().panel).toBe('io');
    expect(onChange.mock.calls).toEqual([['raw']]);
  });
});
