import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { servePage } from '../page.mjs';
import { bareList } from './bareList.mjs';
import { frameLengths } from './frames.mjs';
import { generateDocument } from './generate.mjs';
import { peerPages } from './peers.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}node_modules/.cache/bench-host`;

/** A host's page: it reads a trace first, and mounts the viewer when it is told to. */
const HOST = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { parseTraces, TraceViewer } from '../../../src/index.ts';
import '../../../src/styles.css';
window.read = async () => {
  const traces = await parseTraces(new Uint8Array(await (await fetch('/inputs/0')).arrayBuffer()));
  window.mount = () => createRoot(document.querySelector('main')).render(createElement(TraceViewer, { traces }));
};
`;
const PAGE =
  '<!doctype html><title>host</title><style>body { margin: 0; } main { height: 100vh; }</style><main></main>' +
  '<script type="module" src="./host.js"></script>';

/** Built as a host's bundler would, with what comes later in files of its own. Returns the folder. */
export async function buildHostPage() {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/host.js`, HOST);
  writeFileSync(`${folder}/index.html`, PAGE);
  await build({
    root: folder,
    configFile: false,
    plugins: [react()],
    logLevel: 'error',
    build: { outDir: 'out', emptyOutDir: true, target: 'es2022', modulePreload: false },
  });
  return `${folder}/out`;
}

/** Rounds of mounting: each is a page of its own, as a viewer is mounted once. */
const ROUNDS = 3;
/** Milliseconds after which a page that has drawn nothing is given up. */
const PATIENCE = 90_000;

/**
 * The table of rows: for each number of spans, what it costs to mount them once they are read, to scroll by the height
 * of the view in every frame, to zoom, and to select the first of them and others; beside an empty page, a bare list and
 * others that draw traces. CPU is that of the page's thread.
 */
export async function* measureRows(browser, core, sizes) {
  const host = await buildHostPage();
  const { pages, remove } = await peerPages();
  try {
    for (const size of sizes) {
      const document = generateDocument(size);
      const table = {
        'empty page': await framesOfEmptyPage(browser),
        'bare list': await rounds(() => bareOnce(browser, size)),
      };
      const server = await servePage(host, Buffer.from(JSON.stringify(document)));
      table.spanwise = await rounds(() => viewerOnce(browser, server.url));
      server.close();
      const spans = Buffer.from(JSON.stringify(plainSpans(core.readTraces(document).traces[0])));
      for (const [name, page] of Object.entries(pages)) table[name] = await peerRounds(browser, page, spans, size);
      yield { size, table: turned(table) };
    }
  } finally {
    await remove();
  }
}

/** What others take: a list of spans with times in milliseconds. */
const plainSpans = (trace) =>
  Array.from({ length: trace.spanCount }, (_, index) => {
    const { key, parent, name, kind, start, duration } = trace.span(index);
    const [startedAt, latencyMs] = [start / 1e6, (Number.isNaN(duration) ? 0 : duration) / 1e6];
    const endedAt = startedAt + latencyMs;
    return {
      id: key,
      parentSpanId: parent?.key ?? null,
      name,
      type: kind,
      status: 'completed',
      startedAt,
      endedAt,
      latencyMs,
    };
  });

/** The middle of each measure. */
async function rounds(once) {
  const all = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push(await once());
  return Object.fromEntries(
    Object.keys(all[0]).map((name) => [name, all.map((each) => each[name]).sort((a, b) => a - b)[ROUNDS >> 1]]),
  );
}

/** One line per measure. */
function turned(table) {
  const measures = Object.keys(table.spanwise);
  const cell = (value) => (typeof value === 'number' ? value.toFixed(1) : (value ?? ''));
  return Object.fromEntries(
    measures.map((measure) => [
      measure,
      Object.fromEntries(Object.entries(table).map(([name, column]) => [name, cell(column[measure])])),
    ]),
  );
}

const newTab = (browser) => browser.newPage({ viewport: { width: 1440, height: 900 } });

async function inTab(browser, work) {
  const tab = await newTab(browser);
  try {
    return await work(tab);
  } finally {
    await tab.close();
  }
}

const framesOfEmptyPage = (browser) =>
  inTab(browser, async (tab) => {
    await tab.setContent('<!doctype html><title>empty</title>');
    const { p50, cpu } = await framesOf(tab, () => {});
    return { 'scroll p50 ms': p50, 'scroll CPU ms': cpu, 'zoom p50 ms': p50, 'zoom CPU ms': cpu };
  });

const bareOnce = (browser, size) =>
  inTab(browser, async (tab) => {
    const [page, script] = bareList(size).split(/<\/?script>/);
    await tab.setContent(page);
    await tab.evaluate((code) => {
      window.mount = () => {
        const element = document.createElement('script');
        element.textContent = code;
        document.body.append(element);
      };
    }, script);
    const { cpu } = await costOf(tab, () => window.mount());
    return { 'mount CPU ms': cpu, ...(await scrolled(tab)) };
  });

const viewerOnce = (browser, url) =>
  inTab(browser, async (tab) => {
    const mount = await mounted(tab, url, '.tv-row[aria-level]');
    // A reader looks before choosing.
    await tab.waitForTimeout(1500);
    await openAll(tab);
    const select = [];
    for (const row of [5, 7, 9, 6, 8]) {
      select.push((await costOf(tab, `document.querySelector('.tv-rows [aria-rowindex="${row}"]').click()`)).cpu);
      await tab.waitForTimeout(400);
    }
    await tab.keyboard.press('Escape');
    await tab.waitForTimeout(400);
    const [first, ...later] = select;
    const zoom = await framesOf(tab, zoomAxis);
    return {
      'mount CPU ms': mount,
      ...(await scrolled(tab)),
      'zoom p50 ms': zoom.p50,
      'zoom CPU ms': zoom.cpu,
      'first selection CPU ms': first,
      'later selection CPU ms': later.sort((a, b) => a - b)[later.length >> 1],
    };
  });

async function peerRounds(browser, { folder: page, drawn, most }, spans, size) {
  if (size > most) return { 'mount CPU ms': 'not tried' };
  const server = await servePage(page, spans);
  try {
    return await rounds(() =>
      inTab(browser, async (tab) => {
        const mount = await mounted(tab, server.url, drawn);
        if (drawn !== 'canvas') return { 'mount CPU ms': mount, ...(await scrolled(tab)) };
        const zoom = await framesOf(tab, zoomCanvas);
        return { 'mount CPU ms': mount, 'zoom p50 ms': zoom.p50, 'zoom CPU ms': zoom.cpu };
      }),
    );
  } catch (error) {
    return { 'mount CPU ms': String(error.message).split('\n')[0].slice(0, 40) };
  } finally {
    server.close();
  }
}

async function mounted(tab, url, drawn) {
  tab.setDefaultTimeout(PATIENCE);
  await tab.goto(url);
  await tab.waitForFunction(() => window.read);
  await tab.evaluate(() => window.read());
  await tab.waitForTimeout(300);
  const cost = costOf(
    tab,
    `window.mount();
    return new Promise((resolve) => {
      const look = () => (document.querySelector('${drawn}') ? resolve() : requestAnimationFrame(look));
      look();
    });`,
  );
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error('not drawn in time')), PATIENCE).unref();
  });
  return (await Promise.race([cost, late])).cpu;
}

const scrolled = async (tab) => {
  const { p50, p99, cpu } = await framesOf(tab, scrollOn);
  return { 'scroll p50 ms': p50, 'scroll p99 ms': p99, 'scroll CPU ms': cpu };
};

/** On by what is in sight, to the end and back. */
const scrollOn = () => {
  const grid = document.querySelector('.tv-grid');
  const before = grid.scrollTop;
  window.onward ??= 1;
  grid.scrollTop = before + window.onward * (grid.clientHeight - 26);
  if (grid.scrollTop === before) window.onward = -window.onward;
};

const zoomAxis = (step) => {
  const axis = document.querySelector('.tv-axis-scale');
  const { left } = axis.getBoundingClientRect();
  const wheel = { bubbles: true, cancelable: true, ctrlKey: true, deltaY: step < 60 ? -60 : 60 };
  axis.dispatchEvent(new WheelEvent('wheel', { ...wheel, clientX: left + 300, clientY: 400 }));
};

const zoomCanvas = (step) => {
  const wheel = { bubbles: true, cancelable: true, deltaY: step < 60 ? -60 : 60, clientX: 800, clientY: 400 };
  document.querySelector('canvas').dispatchEvent(new WheelEvent('wheel', wheel));
};

/** Lengths of 120 frames while `act` is called with the number of each, and the CPU of one. */
async function framesOf(tab, act) {
  const session = await tab.context().newCDPSession(tab);
  const before = await busy(session);
  const lengths = await frameLengths(tab, act);
  const cpu = ((await busy(session)) - before) / 120;
  await session.detach();
  return { ...lengths, cpu };
}

/** Loops of a small trace are folded at first: there would be nothing to scroll. */
export async function openAll(tab) {
  await tab.getByRole('button', { name: 'Open all' }).click();
  await tab.waitForTimeout(500);
}

/** Milliseconds of the page's thread, and of the clock, from an action to the second frame behind it. */
export async function costOf(tab, act) {
  const session = await tab.context().newCDPSession(tab);
  const before = await busy(session);
  const clock = await tab.evaluate(
    async (run) => {
      const begin = performance.now();
      await run();
      await new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      });
      return performance.now() - begin;
    },
    await tab.evaluateHandle(typeof act === 'string' ? `(() => { ${act} })` : `(${act.toString()})`),
  );
  const cpu = (await busy(session)) - before;
  await session.detach();
  return { cpu, clock };
}

/** Milliseconds that the page's thread has worked. */
async function busy(session) {
  // CPU, and not the clock: others may work on the machine.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}
