import { describe, expect, it } from 'vitest';
import { parseTraces } from '../../../src/core.ts';

const lines = (...rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n');

/** Lines as @openai/codex 0.171 writes them. */
describe('Codex of today', () => {
  it('prints a warning before the first turn, which is part of it', async () => {
    const item = (id: string, type: string, more: object) => ({ type: 'item.completed', item: { id, type, ...more } });
    const { traces } = await parseTraces(
      lines(
        { type: 'thread.started', thread_id: 't1' },
        item('item_0', 'error', { message: 'Model metadata not found.' }),
        { type: 'turn.started' },
        item('item_1', 'command_execution', { command: 'ls', exit_code: 0, status: 'completed' }),
        { type: 'turn.completed', usage: { input_tokens: 30, output_tokens: 5 } },
        { type: 'turn.started' },
        { type: 'turn.completed', usage: { input_tokens: 40, output_tokens: 6 } },
      ),
    );
    expect(traces.map(({ spanCount }) => spanCount)).toEqual([2, 1]);
  });

  it('repeats the usage of each call in a record of its own', async () => {
    const usage = { input_tokens: 1000, cached_input_tokens: 600, output_tokens: 50, total_tokens: 1050 };
    const at = (second: number, type: string, payload: object) => ({
      timestamp: `2026-11-28T08:45:0${second}.000Z`,
      type,
      payload,
    });
    const { traces, diagnostics } = await parseTraces(
      lines(
        at(0, 'session_meta', { id: 's1', cli_version: '0.171.0' }),
        at(1, 'event_msg', { type: 'task_started', turn_id: 'turn1' }),
        at(1, 'turn_context', { turn_id: 'turn1', model: 'gpt-5.4' }),
        at(2, 'response_item', {
          type: 'message',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Late.' }],
        }),
        at(2, 'token_usage_record', { response_id: 'resp_1', usage, thread_token_usage: usage }),
        at(3, 'event_msg', { type: 'token_count', info: { total_token_usage: usage, last_token_usage: usage } }),
        at(3, 'event_msg', { type: 'task_complete', turn_id: 'turn1' }),
      ),
    );
    expect([...traces[0]!.spans()].map(({ usage: own }) => own?.total ?? null)).toEqual([null, 1050]);
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('does not take what watches over a tool for a tool', async () => {
    const attributes = (target: string) =>
      Object.entries({ tool_name: 'exec_command', call_id: 'call_1', target }).map(([key, stringValue]) => ({
        key,
        value: { stringValue },
      }));
    const span = (spanId: string, name: string, target: string) => ({
      ...{ traceId: '1'.repeat(32), spanId, name, startTimeUnixNano: '1795855538000000000' },
      ...{ endTimeUnixNano: '1795855539000000000', attributes: attributes(target) },
    });
    const scopeSpans = [
      {
        scope: { name: 'codex_exec' },
        spans: [
          span('1'.repeat(16), 'exec_command', 'codex_core::tools::parallel'),
          span('2'.repeat(16), 'guardian_scoring_observation', 'codex_guardian_v2::async_scorer::observation'),
        ],
      },
    ];
    const { traces } = await parseTraces({ resourceSpans: [{ scopeSpans }] });
    expect([...traces[0]!.spans()].map(({ kind }) => kind)).toEqual(['tool', 'span']);
  });
});
