import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  agentGraphInSteps,
  atOnce,
  compileQuery,
  matchEnvelope,
  parseQuery,
  parseTraces,
  type GraphMode,
} from '../../../src/core.ts';
import { callQuery } from '../../../src/analysis/graph/callQuery.ts';

const FILES = [
  'otlp/support-agent.otlp.jsonl',
  'otlp/langgraph.otlp.jsonl',
  'otlp/adk.otlp.jsonl',
  'openai-agents/help-desk.responses.jsonl',
  'langsmith/parcel-desk.runs.jsonl',
];

describe('callQuery', () => {
  it.each(FILES)('finds the calls of each edge, and where it says so no others: %s', async (file) => {
    const { traces } = await parseTraces(readFileSync(new URL(`../../fixtures/${file}`, import.meta.url), 'utf8'));
    for (const trace of traces)
      for (const mode of ['calls', 'run'] satisfies GraphMode[]) {
        const graph = atOnce(agentGraphInSteps(trace, mode));
        for (const { calls } of graph.edges) {
          const { text, isExact } = callQuery(trace, graph, calls);
          const query = parseQuery(text);
          expect(query.problems).toEqual([]);
          const hits = matchEnvelope(compileQuery(trace, query));
          const found = calls.filter((call) => hits[call] === 1);
          expect([text, found]).toEqual([text, calls]);
          const others = Array.from(hits.keys()).filter((index) => hits[index] === 1 && graph.callOf[index] === index);
          expect([text, isExact ? others : calls]).toEqual([text, calls]);
        }
      }
  });
});
