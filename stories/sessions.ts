import consoleDesk from '../test/fixtures/console/museum-desk.console.jsonl?raw';
import museumDesk from '../test/fixtures/langsmith/museum-desk.runs.jsonl?raw';
import aiSdkV4 from '../test/fixtures/otlp/ai-sdk-v4.otlp.jsonl?raw';
import langchainRag from '../test/fixtures/otlp/langchain-rag.otlp.jsonl?raw';
import type { NativeDocument, NativeSpan, NativeTrace } from '../src/index.ts';

/**
 * Recordings of the same visit to a museum's desk, made over two hours: five traces of one session, beside one trace of
 * no session and one session of a train trip.
 */
export const session = [museumDesk, langchainRag, consoleDesk, aiSdkV4];

/**
 * A day of a support desk, made up: `count` traces of up to nine turns a session, some of which fail. The same at every
 * call.
 */
export function manyTraces(count: number): NativeDocument {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  let clock = 1_795_300_000_000_000_000n;
  const traces = Array.from({ length: count }, (_, turn): NativeTrace => {
    clock += BigInt(random(40)) * 1_000_000_000n;
    const origin = clock;
    const at = (milliseconds: number): string => String(origin + BigInt(milliseconds) * 1_000_000n);
    const steps = 3 + random(8);
    const spans: NativeSpan[] = [];
    let now = 0;
    for (let step = 0; step < steps; step += 1) {
      const length = 40 + random(step % 3 === 0 ? 4000 : 600);
      const failed = random(60) === 0;
      spans.push({
        spanId: `s${step}`,
        parentSpanId: 'root',
        startUnixNano: at(now),
        endUnixNano: at(now + length),
        status: failed ? 'error' : 'ok',
        ...(failed ? { statusMessage: 'answered 503' } : {}),
        ...(step % 3 === 0
          ? {
              name: 'answer',
              kind: 'llm',
              model: 'gpt-4.1-mini',
              usage: { input: 200 + random(4000), output: 40 + random(400), total: null },
              ...(random(9) === 0 ? {} : { cost: { total: (1 + random(900)) / 1e5 } }),
            }
          : { name: `look_up_${random(5)}`, kind: 'tool' }),
      });
      now += length;
    }
    const failed = spans.some(({ status }) => status === 'error');
    return {
      traceId: (0xa0000 + turn).toString(16).padStart(32, '0'),
      name: ['refund', 'where is my parcel', 'change address', 'cancel order'][random(4)]!,
      sessionId: `call-${Math.floor(turn / 9)}`,
      userId: `customer-${random(400)}`,
      tags: random(3) === 0 ? ['voice'] : [],
      spans: [
        {
          spanId: 'root',
          name: 'call',
          kind: 'agent',
          service: 'desk',
          startUnixNano: at(0),
          endUnixNano: at(now + 5),
          status: failed && random(2) === 0 ? 'error' : 'ok',
          input: { text: 'Where is my parcel?', mimeType: 'text/plain' },
          output: { text: 'On its way.', mimeType: 'text/plain' },
        },
        ...spans,
      ],
    };
  });
  return { format: 'spanwise/1', traces };
}
