import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import * as steps from './steps.mjs';
import { attributes, createRandom } from './words.mjs';

/**
 * One OTLP trace of a support desk, as large as asked for, about 1.1 KB per span. From the command line:
 *
 *     node test/bench/generate.mjs 100000 out.json [seed]
 *
 *     support-queue
 *       answer ticket                 agent, some hundred spans
 *         turn                        chain, three to eight of them
 *           chat                      llm
 *           tool                      one to three side by side
 *             HTTP client › HTTP server › SELECT
 *           retrieve                  embedding, SELECT
 *           specialist                agent again, with turns of its own
 */
const EPOCH = 1_795_359_116_728_000_000n;
const MS = 1e6;
const SERVICES = { desk: 'support-api', worker: 'agent-worker', orders: 'orders-api' };

/** Gives the entries of `resourceSpans` one by one, so that a file may be larger than the longest string. */
export function* resourceSpans(count, seed = 1) {
  const random = createRandom(seed);
  const traceId = random.hex(32);
  let left = count;
  let finished = [];

  /**
   * Runs `inside` between the start and the end of a span; `inside` answers when its last part ended. Times in ns from
   * EPOCH.
   */
  const span = (service, name, kind, parentSpanId, start, values, inside = (_, from) => from) => {
    if (left === 0) return start;
    left -= 1;
    const spanId = random.hex(16);
    const end = Math.max(inside(spanId, start + random.between(20_000, MS)), start) + random.between(20_000, 4 * MS);
    const failed = random.chance(0.01);
    finished.push({
      service,
      span: {
        traceId,
        spanId,
        ...(parentSpanId && { parentSpanId }),
        name,
        kind,
        startTimeUnixNano: String(EPOCH + BigInt(start)),
        endTimeUnixNano: String(EPOCH + BigInt(end)),
        attributes: attributes(values),
        droppedAttributesCount: 0,
        events: failed
          ? [
              {
                name: 'exception',
                timeUnixNano: String(EPOCH + BigInt(end)),
                attributes: attributes({
                  'exception.type': 'TimeoutError',
                  'exception.message': 'No answer after 30 s.',
                }),
              },
            ]
          : [],
        droppedEventsCount: 0,
        status: failed ? { code: 2, message: 'No answer after 30 s.' } : { code: 0 },
        links: [],
        droppedLinksCount: 0,
        flags: 257,
      },
    });
    return end;
  };

  const wait = (_, from) => from + random.between(200, 4000) * MS;
  const llm = (parent, at) =>
    span(
      'worker',
      'chat',
      3,
      parent,
      at,
      random.chance(0.5) ? steps.openInferenceLlm(random) : steps.genAiChat(random),
      wait,
    );
  const query = (parent, at) =>
    span('orders', 'SELECT orders', 3, parent, at, steps.db(random), (_, from) => from + random.between(1, 30) * MS);
  const call = (parent, at) =>
    span('worker', 'POST', 3, parent, at, steps.http(random), (client, from) =>
      span('orders', 'POST /v2/orders', 2, client, from, steps.http(random), (server, begin) =>
        query(server, query(server, begin)),
      ),
    );
  const tool = (parent, at) => span('worker', 'tool', 1, parent, at, steps.tool(random), call);
  const retrieve = (parent, at) =>
    span('worker', 'retrieve', 1, parent, at, steps.retriever(random), (self, from) =>
      query(self, span('worker', 'embed', 3, self, from, steps.embedding(random), wait)),
    );

  const turn = (parent, at, level) =>
    span('worker', 'turn', 1, parent, at, steps.chain(random), (self, from) => {
      const asked = llm(self, from);
      let end = asked;
      for (let lane = random.between(1, 3); lane > 0; lane -= 1)
        end = Math.max(end, tool(self, asked + random.between(0, MS)));
      if (random.chance(0.3)) end = retrieve(self, end);
      return level < 2 && random.chance(0.15) ? ticket(self, end, level + 1) : end;
    });
  const ticket = (parent, at, level = 0) =>
    span(
      'worker',
      level === 0 ? 'answer ticket' : 'specialist',
      1,
      parent,
      at,
      steps.agent(random, level === 0 ? 'support' : 'billing'),
      (self, from) => {
        let end = from;
        for (let turns = random.between(3, 8); turns > 0; turns -= 1) end = turn(self, end, level);
        return end;
      },
    );

  // The root ends last and so is written last, but its id has to be known first.
  const rootId = random.hex(16);
  let end = 2 * MS;
  left -= 1;
  const isRoom = () => left > 0;
  while (isRoom()) {
    end = ticket(rootId, end - random.between(0, MS));
    yield* batches(finished);
    finished = [];
  }
  left = 1;
  span('desk', 'support-queue', 1, undefined, 0, steps.chain(random), () => end);
  finished[0].span.spanId = rootId;
  yield* batches(finished);
}

/** What each service has finished, as its exporter sends it: children before parents. */
function* batches(finished) {
  for (const [service, name] of Object.entries(SERVICES)) {
    const spans = finished.filter((done) => done.service === service).map((done) => done.span);
    if (spans.length === 0) continue;
    const resource = {
      attributes: attributes({
        'service.name': name,
        'service.version': '2.14.0',
        'deployment.environment.name': 'production',
        'telemetry.sdk.language': 'nodejs',
      }),
      droppedAttributesCount: 0,
    };
    yield { resource, scopeSpans: [{ scope: { name, version: '2.14.0' }, spans }] };
  }
}

export const generateDocument = (count, seed) => ({ resourceSpans: Array.from(resourceSpans(count, seed)) });

async function writeFile(count, path, seed) {
  const file = createWriteStream(path);
  let separator = '{"resourceSpans":[';
  for (const entry of resourceSpans(count, seed)) {
    if (!file.write(separator + JSON.stringify(entry))) await once(file, 'drain');
    separator = ',\n';
  }
  file.end(']}\n');
  await once(file, 'finish');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [count, path, seed = '1'] = process.argv.slice(2);
  if (!(Number(count) > 0) || path === undefined)
    throw new Error('usage: node test/bench/generate.mjs COUNT FILE [SEED]');
  await writeFile(Number(count), path, Number(seed));
}
