import { describe, expect, it, vi } from 'vitest';
import { parseTraces } from '../../src/adapters/parseTraces.ts';

vi.mock('../../src/adapters/content/decodeContent.ts', () => {
  throw new Error('offline');
});

describe('what decodes contents', () => {
  it('cannot be fetched: the trace is there, and its contents say so', async () => {
    const span = {
      traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
      spanId: '00f067aa0ba902b7',
      name: 'agent',
      startTimeUnixNano: '1',
      endTimeUnixNano: '2',
    };
    const {
      traces: [trace],
    } = await parseTraces({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
    expect(trace!.span(0).name).toBe('agent');
    expect(() => trace!.content(0)).toThrow('could not fetch a part of itself');
  });
});
