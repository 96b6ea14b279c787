import { describe, expect, it, vi } from 'vitest';
import { drawDocument } from './model/drawTrace.ts';

/** Any use of them at import or while reading would fail: an empty module exports nothing. */
vi.mock('react', () => ({}));
vi.mock('react-dom', () => ({}));
vi.mock('react-dom/client', () => ({}));

describe('spanwise/core', () => {
  it('reads a trace where there is neither React nor a page', async () => {
    expect(Object.keys(await import('react'))).toEqual([]);
    expect('document' in globalThis || 'window' in globalThis).toBe(false);
    const { parseTraces, ledger, selfTime } = await import('../src/core.ts');
    const { traces } = await parseTraces(JSON.stringify(drawDocument('agent 0-100\n  llm 10-40 in=5 out=2')));
    expect(ledger(traces[0]!).total.usage.total).toBe(7);
    expect([...selfTime(traces[0]!)]).toEqual([70e6, 30e6]);
  });
});
