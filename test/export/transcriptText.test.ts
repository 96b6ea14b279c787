import { describe, expect, it } from 'vitest';
import { transcriptText } from '../../src/core.ts';
import { talkTrace } from '../analysis/conversation/talk.ts';

describe('transcriptText', () => {
  it('is the conversation in plain text', async () => {
    const trace = talkTrace(
      `
      agent        0----------------------100   kind=agent
        one         0--10                        kind=llm
        search ✗      10--20                     kind=tool
        helper           20--40                  kind=agent
          two            20--30                  kind=llm
    `,
      {
        one: ['s: be kind', 'u: go', '=>', 'a: I look', 'a> search {"q":1} #1'],
        helper: ['u: read\nboth', '=>', 'a: read'],
        two: ['u: read\nboth', '=>', 'a: read'],
      },
      { search: { 'gen_ai.tool.name': 'search', 'gen_ai.tool.call.id': '1' } },
    );
    expect(await transcriptText(trace)).toBe(
      [
        'System:\nbe kind\n',
        'User:\ngo\n',
        'Assistant:\nI look\n',
        'Tool search q=1\n  FAILED: Rate limit reached\n',
        '  ## helper\n',
        '  User:\n  read\n  both\n',
        '  Assistant:\n  read\n',
      ].join('\n'),
    );
  });
});
