import { expect, it } from 'vitest';
import { parseTraces } from '../../../src/core.ts';

it('a call of Qwen Code that took an absurd time takes no other with it', async () => {
  const line = (uuid: string, more: object) => ({
    ...{ uuid, parentUuid: null, sessionId: 's', timestamp: '2026-11-28T09:00:02.000Z', ...more },
  });
  const measured = (uuid: string, duration_ms: number) =>
    line(uuid, { type: 'system', subtype: 'ui_telemetry', systemPayload: { uiEvent: { ...EVENT, duration_ms } } });
  const EVENT = { 'event.name': 'qwen-code.api_response', model: 'm' };
  for (const duration of [-1e300, 1e300, -1]) {
    const set = await parseTraces(
      [
        line('u', { type: 'user', message: { parts: [{ text: 'hello' }] } }),
        measured('a', duration),
        measured('b', 1000),
      ]
        .map((each) => JSON.stringify(each))
        .join('\n'),
    );
    const calls = set.traces.flatMap((trace) => [...trace.spans()]).filter(({ kind }) => kind === 'llm');
    expect(calls.map(({ duration: took }) => took)).toContain(1e9);
    expect(calls).toHaveLength(2);
  }
});
