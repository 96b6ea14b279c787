import { buildCore, CORE } from './buildCore.mjs';
import { measureCold } from './cold.mjs';
import { generateDocument } from './generate.mjs';
import { measureViewer } from './browser.mjs';
import { measureDiff } from './diff/measureDiff.mjs';
import { measureDetails } from './details.mjs';
import { measureAgents } from './agents.mjs';
import { bytesInUse, measure } from './measure.mjs';
import { columnLoops } from './columnLoops.mjs';
import { peerReaders } from './peers.mjs';
import { measureSizes } from './sizes.mjs';
import { measureLarge } from './large.mjs';
import { measureLines } from './lines.mjs';
import { measureRows } from './rows.mjs';
import { chromium } from 'playwright';
import { browserLaunch } from '../chromium.mjs';
import { measureStreams } from './streams.mjs';

/**
 * `npm run bench`: what reading costs, relative to what anyone must pay, `JSON.parse(decode(bytes))` of the same bytes
 * in the same run. Before that, what a page loads for it. It prints and never fails: absolute times belong to the
 * machine. Budgets stand in the heading of each column.
 *
 *     npm run bench                 1,000, 10,000 and 100,000 spans; the viewer in Chromium at 1,000 and 100,000, and
 *                                   the details of spans that hold much
 *     npm run bench -- 300000 7     other sizes
 *     npm run bench -- --no-browser without Chromium
 *     npm run bench -- --agents     only what understanding an agent costs
 *     npm run bench -- --stream     only what batches of a live trace cost
 *     npm run bench -- --diff       only how well and how fast two traces are matched
 *     npm run bench -- --rows       only rows in Chromium, beside an empty page, a bare list and others on npm
 *     npm run bench -- --cold       only what the first call in a new process costs
 *     npm run bench -- --lines      only what large sessions of Claude Code and exports of LangSmith cost, 50 MB each
 *     npm run bench -- --lines 200  other sizes, in MB
 *     npm run bench -- --large      also a million spans, 1.1 GB of text; takes minutes and 6 GB of memory
 */
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
const isAgentsOnly = process.argv.includes('--agents');
const isRowsOnly = process.argv.includes('--rows');
const isStreamOnly = process.argv.includes('--stream');
const isLinesOnly = process.argv.includes('--lines');
const isColdOnly = process.argv.includes('--cold');
const isDiffOnly = process.argv.includes('--diff') || isAgentsOnly || isRowsOnly || isStreamOnly || isLinesOnly;
if (!isDiffOnly && !isColdOnly) console.table(await measureSizes());
const core = await buildCore();
const { readTraces, parseTraces, ledger, selfTime, redactors } = core;
const rows = [];
const peers = isDiffOnly ? null : await peerReaders();

for (const size of isDiffOnly || isColdOnly ? [] : sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]) {
  const bytes = Buffer.from(JSON.stringify(generateDocument(size)));
  const parse = () => JSON.parse(new TextDecoder().decode(bytes));
  const rounds = size >= 100_000 ? 5 : size >= 10_000 ? 15 : 60;

  // A trace remembers its ledger and self times, so each round needs a trace of its own.
  const newTrace = () => readTraces(parse()).traces[0];
  const time = await measure(rounds, {
    json: { work: parse },
    object: { work: readTraces, prepare: parse },
    bytes: { work: () => parseTraces(bytes) },
    ledger: { work: ledger, prepare: newTrace },
    selfTime: { work: selfTime, prepare: newTrace },
    loop: { work: columnLoops, prepare: newTrace },
    ...Object.fromEntries(Object.entries(peers.readers).map(([name, read]) => [name, { work: () => read(bytes) }])),
  });
  const perSpan = (await keptBy(parse(), readTraces)) / size;
  const besideBytes = (await keptBy(bytes, (given) => parseTraces(given, { holdAs: 'bytes' }))) / size;
  const masked = await measure(1, {
    json: { work: parse },
    masked: { work: () => parseTraces(bytes, { redact: [redactors.email, redactors.apiKey] }) },
  });

  rows.push({
    spans: size,
    MB: (bytes.length / 1e6).toFixed(1),
    'JSON ms': time.json.toFixed(1),
    'object → Trace (≤ 0.5)': ratio(time.object, time.json),
    'bytes → Trace (≤ 2, 1.5, 0.8)': ratio(time.bytes, time.json),
    ...Object.fromEntries(
      Object.keys(peers.readers).map((name) => [`${name}, bytes → tree`, ratio(time[name], time.json)]),
    ),
    'with redact': ratio(masked.masked, masked.json),
    'ledger / loop': ratio(time.ledger, time.loop),
    'selfTime / loop': ratio(time.selfTime, time.loop),
    'bytes/span beyond document': Math.round(perSpan),
    'beyond the bytes (≤ 150)': Math.round(besideBytes),
  });
}
if (rows.length > 0) console.table(rows);
if (peers) console.table(await measureCold({ spanwise: { how: 'spanwise', module: CORE }, ...peers.modules }));
await peers?.remove();
if (isColdOnly) process.exit();
if (isRowsOnly) {
  await printRows();
  process.exit();
}
if (isLinesOnly || !isDiffOnly) console.table(await measureLines(core, (isLinesOnly && sizes[0]) || 50));
if (isLinesOnly) process.exit();
if (isStreamOnly || !isDiffOnly)
  console.table(await measureStreams(core, sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]));
if (isStreamOnly) process.exit();
if (isAgentsOnly || !isDiffOnly)
  for (const size of sizes.length > 0 ? sizes : [1_000, 10_000, 100_000])
    console.table(await measureAgents(core, size));
if (isAgentsOnly) process.exit();
if (!isDiffOnly) console.table(await measureLarge(core, process.argv.includes('--large')));
for await (const table of measureDiff(core, sizes.length > 0 ? sizes : [100, 1_000, 10_000, 100_000]))
  console.table(table);
if (!process.argv.includes('--no-browser') && !isDiffOnly) {
  const viewer = await measureViewer(sizes.length > 0 ? sizes : [1_000, 100_000]);
  console.table(await measureDetails());
  await printRows();
  // One line per measure: there are more of these than of pages.
  const measures = [...new Set(viewer.flatMap((row) => Object.keys(row)))].filter((name) => name !== 'page');
  console.table(
    Object.fromEntries(
      measures.map((name) => [name, Object.fromEntries(viewer.map((row) => [row.page, row[name] ?? '']))]),
    ),
  );
}

/** A browser of its own, whatever the other one holds. */
async function printRows() {
  const browser = await chromium.launch(await browserLaunch());
  try {
    const wanted = sizes.length > 0 ? sizes : [1_000, 10_000, 100_000];
    for await (const { size, table } of measureRows(browser, core, wanted)) {
      console.log(`${size} spans`);
      console.table(table);
    }
  } finally {
    await browser.close();
  }
}

function ratio(time, base) {
  return `${(time / base).toFixed(2)} ×`;
}

/**
 * Bytes that a trace set holds on to beside what it was read from. Both are looked at afterwards, so neither is
 * collected early.
 */
async function keptBy(input, read) {
  const before = await bytesInUse();
  const set = await read(input);
  const bytes = (await bytesInUse()) - before;
  if ((input.resourceSpans ?? input).length === 0 || set.traces.length === 0)
    throw new Error('the generated document holds no trace');
  return bytes;
}
