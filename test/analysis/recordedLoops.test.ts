import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foldLoops, loopProgress, parseTraces, type Trace } from '../../src/core.ts';

/**
 * Loops of recorded agents, labelled by hand from the programs of `fixtures/record`: by trace, `parent: an iteration | the
 * next`. What a loop does before its first and behind its last iteration (the answer) is no part of it. Traces that are
 * not named have no loop.
 */
const times = (count: number, iteration: string): string => new Array<string>(count).fill(iteration).join(' | ');
const steps = (count: number): string => Array.from({ length: count }, (_, at) => `step ${at + 1}`).join(' | ');
const PARCEL_DESK = {
  stuck_tracking: `stuck_tracking: ${times(4, 'agent tools')}`,
  healthy_tracking: `healthy_tracking: ${times(4, 'agent tools')}`,
  serial_quotes: `ask_all: ${times(4, 'ask_carrier')}`,
  // Four branches; then two, of which one is tried again.
  search_rounds: `search_rounds: plan_round ${times(4, 'search_depot').replaceAll(' | ', ' ')} | plan_round search_depot search_depot search_depot`,
  write_letter: `write_letter: ${times(2, 'write review')}`,
};
const BOOKING = {
  booking_agent: 'booking_agent: ChatOpenAI find_tours ticket_price | ChatOpenAI book_tour | ChatOpenAI book_tour',
};
const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'otlp/langgraph.otlp.jsonl': PARCEL_DESK,
  'langsmith/parcel-desk.runs.jsonl': PARCEL_DESK,
  'otlp/langchain-rag.otlp.jsonl': BOOKING,
  'langsmith/museum-desk.runs.jsonl': BOOKING,
  'otlp/ai-sdk-agent.otlp.jsonl': { 'invoke_agent incident_agent': `invoke_agent incident_agent: ${steps(10)}` },
  'otlp/ai-sdk-v6.otlp.jsonl': {
    'POST /api/trip':
      'ai.generateText: ai.generateText.doGenerate find_trains weather | ai.generateText.doGenerate book_seat | ai.generateText.doGenerate book_seat',
  },
  'otlp/traceloop-agent.otlp.jsonl': {
    plan_dinner:
      'menu_agent: chat gpt-4.1-mini search_recipes check_pantry | chat gpt-4.1-mini price_basket | chat gpt-4.1-mini price_basket',
  },
  'otlp/support-agent.otlp.jsonl': { 'support.reply': `resolution_agent: ${times(12, 'draft_and_critique')}` },
  'otlp/strands.otlp.jsonl': { 'invoke_agent grower': `invoke_agent grower: ${times(2, 'execute_agent_loop_cycle')}` },
};

async function tracesOf(file: string): Promise<readonly Trace[]> {
  const { traces } = await parseTraces(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8'));
  return traces;
}

const nameOf = (trace: Trace, key: string): string => trace.find(key)!.name;

/** In the form of the labels. Tools that began together stand in any order. */
const loopsOf = (trace: Trace): string =>
  foldLoops(trace)
    .map(({ parent, iterations }) => {
      const turns = iterations.map((keys) => keys.map((key) => nameOf(trace, key)).join(' '));
      return `${parent === null ? '' : nameOf(trace, parent)}: ${turns.join(' | ')}`;
    })
    .join('\n');

describe('loops of recorded agents', () => {
  it.each(Object.entries(LABELS))('have the boundaries that a person sees: %s', async (file, labels) => {
    const traces = await tracesOf(file);
    const found = traces.map((trace) => [trace.span(0).name, loopsOf(trace)] as const);
    expect(Object.fromEntries(found.filter(([, loops]) => loops !== ''))).toEqual(labels);
  });

  it.each(['otlp/langgraph.otlp.jsonl', 'langsmith/parcel-desk.runs.jsonl'])(
    'are stuck where the same call brings the same answer, and nowhere else: %s',
    async (file) => {
      const stuck: string[] = [];
      for (const trace of await tracesOf(file))
        for (const fold of foldLoops(trace)) {
          const { reason, times: calls } = await loopProgress(trace, fold);
          if (calls > 0) stuck.push(`${trace.span(0).name}: ${reason}`);
        }
      expect(stuck).toEqual(['stuck_tracking: track_parcel was called 4 times with the same arguments']);
    },
  );
});
