import { generateDocument } from './generate.mjs';

/** Spans of a batch: so many an exporter of OpenTelemetry sends at once. */
const BATCH = 512;
const ROUNDS = 15;

/**
 * What it costs to append a batch to a trace of so many spans and to look at it, relative to reading that batch alone.
 * `last`: the spans that ended last, as they come from exporters; `any`: spans from all over the trace. Columns are made
 * when somebody asks for them; what it takes to ask for every one stands beside it.
 */
export async function measureStreams(core, sizes) {
  const rows = [];
  for (const size of sizes) {
    const row = { 'spans in the trace': size };
    for (const order of ['last', 'any']) {
      const spans = spansOf(generateDocument(size + (ROUNDS + 3) * BATCH));
      if (order === 'any') shuffle(spans);
      const stream = core.createTraceStream();
      await stream.append(textOf(spans.splice(0, size)));
      stream.snapshot();
      const [alone, live, append, columns] = [[], [], [], []];
      for (let round = -3; round < ROUNDS; round += 1) {
        const batch = textOf(spans.splice(0, BATCH));
        globalThis.gc?.();
        const aloneTook = await timed(async () => (await core.parseTraces(batch)).traces[0].spanCount);
        globalThis.gc?.();
        let read = 0;
        const liveTook = await timed(async () => {
          read = await timed(() => stream.append(batch));
          return stream.snapshot().traces[0].spanCount;
        });
        const { traces } = stream.snapshot();
        const columnsTook = await timed(() => Object.values(traces[0].columns).length);
        if (round < 0) continue;
        columns.push(columnsTook);
        alone.push(aloneTook);
        live.push(liveTook);
        append.push(read);
      }
      const [{ spanCount }] = stream.snapshot().traces;
      if (spanCount !== size + (ROUNDS + 3) * BATCH) throw new Error(`the stream holds ${spanCount} spans`);
      row[`${order}: alone ms`] = median(alone).toFixed(1);
      row[`${order}: append ms`] = median(append).toFixed(1);
      row[`${order}: + snapshot ms`] = (median(live) - median(append)).toFixed(1);
      row[`${order}: + all columns ms`] = median(columns).toFixed(1);
      row[`${order}: ratio (≤ 2)`] = `${(median(live) / median(alone)).toFixed(2)} ×`;
    }
    rows.push(row);
  }
  return rows;
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];

const spansOf = ({ resourceSpans }) =>
  resourceSpans.flatMap(({ scopeSpans, ...resource }) =>
    scopeSpans.flatMap(({ spans, ...scope }) => spans.map((span) => ({ resource, scope, span }))),
  );

/** As an exporter groups them. */
function textOf(spans) {
  const resourceSpans = [];
  let last;
  for (const { resource, scope, span } of spans) {
    if (last?.resource !== resource || last.scope !== scope) {
      last = { resource, scope, spans: [] };
      resourceSpans.push({ ...resource, scopeSpans: [{ ...scope, spans: last.spans }] });
    }
    last.spans.push(span);
  }
  return JSON.stringify({ resourceSpans });
}

/** Fisher and Yates, the same in each run. */
function shuffle(list) {
  let seed = 1;
  for (let at = list.length - 1; at > 0; at -= 1) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const other = seed % (at + 1);
    [list[at], list[other]] = [list[other], list[at]];
  }
}
