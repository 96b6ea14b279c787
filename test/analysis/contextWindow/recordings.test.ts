import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contextWindow, parseTraces, type AgentContext } from '../../../src/core.ts';
import { at, lines } from '../../fixtures/generate/expected.ts';

const fixture = (path: string): string => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8');

async function agentsOf(text: string): Promise<readonly AgentContext[]> {
  const { traces } = await parseTraces(text);
  const found = await Promise.all(traces.map((trace) => contextWindow(trace)));
  return found.flatMap(({ agents }) => agents);
}

describe('recorded agents', () => {
  it.each([
    'otlp/support-agent.otlp.jsonl',
    'otlp/ai-sdk-agent.otlp.jsonl',
    'otlp/langchain-rag.otlp.jsonl',
    'langsmith/release-scribe.runs-and-feedback.jsonl',
    'langfuse/parcel-claim.trace.json',
  ])('%s: sections add up, and calls stand in order', async (path) => {
    const agents = await agentsOf(fixture(path));
    expect(agents.length).toBeGreaterThan(0);
    for (const { calls, peak, lost } of agents) {
      expect(calls.length).toBeGreaterThan(0);
      for (const { sections, input, cache } of calls) {
        const { output: _, ...sent } = sections;
        const tokens = Object.values(sent).map((section) => section.tokens);
        expect(
          input === null ? tokens.every((each) => each === null) : tokens.reduce((a, b) => a! + b!, 0) === input,
        ).toBe(true);
        expect(cache.state === 'first').toBe(calls.length > 0 && Number.isNaN(cache.pause));
      }
      expect(calls[peak]?.input ?? 0).toBe(Math.max(...calls.map(({ input }) => input ?? 0)));
      expect(lost.calls).toBe(calls.filter(({ cache }) => cache.cause !== null).length);
    }
  });
});

/** A session file tells with each call only what was said since, and neither instructions nor tools. */
function sessionFile(): string {
  const around = { sessionId: 's', version: '2.1.233', cwd: '/srv', isSidechain: false, userType: 'external' };
  const all: object[] = [
    {
      ...around,
      type: 'user',
      uuid: 'u',
      parentUuid: null,
      timestamp: at(0),
      message: { role: 'user', content: 'Mend the ferry' },
    },
  ];
  let parent = 'u';
  let prompt = 18_000;
  let time = 2;
  for (let place = 0; place < 12; place += 1) {
    const text = `line ${place} of the file, which is long. `.repeat(100 + place * 10);
    const read = place === 0 || place === 8 ? 0 : prompt - 1200 - place * 100;
    const uuid = `a${place}`;
    all.push({
      ...around,
      type: 'assistant',
      uuid,
      parentUuid: parent,
      timestamp: at(time),
      requestId: `r${place}`,
      message: {
        id: `m${place}`,
        role: 'assistant',
        model: 'claude-opus-5',
        content: [
          { type: 'tool_use', id: `t${place}`, name: place % 2 ? 'Read' : 'Bash', input: { path: `f${place}` } },
        ],
        usage: {
          input_tokens: 4,
          cache_read_input_tokens: read,
          cache_creation_input_tokens: prompt - read - 4,
          output_tokens: 40,
        },
      },
    });
    all.push({
      ...around,
      type: 'user',
      uuid: `${uuid}r`,
      parentUuid: uuid,
      // A tool waits for a permission.
      timestamp: at((time += place === 7 ? 900 : 1)),
      message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: `t${place}`, content: text }] },
    });
    parent = `${uuid}r`;
    prompt += Math.round(text.length / 4) + 40;
    time += 6;
  }
  return lines(all);
}

describe('a session file of a coding agent', () => {
  it('adds up what each call tells alone, keeps apart what nobody recorded, and knows of the pause', async () => {
    const [agent] = await agentsOf(sessionFile());
    const { calls } = agent!;
    expect(calls).toHaveLength(12);
    const last = calls.at(-1)!;
    // 18,000 tokens of instructions and tools that are not in the file.
    expect(last.sections.unrecorded.tokens).toBeGreaterThan(15_000);
    expect(last.sections.unrecorded.tokens).toBeLessThan(20_000);
    expect(last.results.map(({ name }) => name).sort()).toEqual(['Bash', 'Read']);
    expect(last.sections.toolResults.tokens).toBeGreaterThan(last.sections.history.tokens!);
    expect(calls.map(({ cache: { state, cause } }) => cause ?? state)).toEqual([
      'first',
      ...Array.from({ length: 7 }, () => 'kept'),
      'idle',
      ...Array.from({ length: 3 }, () => 'kept'),
    ]);
  });
});
