import { describe, expect, it } from 'vitest';
import { parseTraces, redactors, type ReadOptions } from '../../src/core.ts';

const lines = (...entries: readonly object[]): string => entries.map((entry) => JSON.stringify(entry)).join('\n');
const said = async (text: string, options: ReadOptions = {}) =>
  (await parseTraces(text, options)).diagnostics.map(({ message }) => message);

describe('what is passed over', () => {
  const step = { event: '$ai_span', uuid: 'u', properties: { $ai_trace_id: 't', $ai_span_id: 's' } };
  const seen = (event: string) => lines({ batch: [step, { event, properties: {} }] });

  it('is told by its type, in which no secret is left in part', async () => {
    expect(await said(seen('page seen'))).toContain(
      'Events of PostHog of the type “page seen” are not read and were left out.',
    );
    const secret = seen('a letter to our guest jo.martens@secret.example');
    for (const message of await said(secret, { redact: [redactors.email] })) expect(message).not.toContain('martens');
  });

  it('takes no session of Cline with it', async () => {
    const session = { agent: 'a', sessionId: 's', origin: {}, messages: [{ role: 'user', content: 'hello' }] };
    const set = await parseTraces(lines(session, { note: 1 }));
    expect(set.accounting.shown).toBe(1);
    expect(set.diagnostics.map(({ message }) => message)).toContain(
      'An entry beside the sessions of Cline has no messages and was left out.',
    );
  });
});
