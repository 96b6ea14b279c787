import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { servePage } from '../page.mjs';
import { bareList } from './bareList.mjs';
import { generateDocument } from './generate.mjs';

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

/**
 * From a trace that is read to rows on the screen, in CPU of the page's thread until the second frame, beside the same of
 * a bare list; then what the first selection costs and later ones. Each round is a page of its own: a viewer is mounted
 * once.
 */
export async function measureMount(browser, host, size, rounds = 3) {
  const server = await servePage(host, Buffer.from(JSON.stringify(generateDocument(size))));
  const [ours, bare] = [[], []];
  try {
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await mountBare(browser, size));
      ours.push(await mountViewer(browser, server.url));
    }
  } finally {
    server.close();
  }
  const own = medians(ours);
  return { ours: own, bare: medians(bare) };
}

async function mountBare(browser, size) {
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    const [page, script] = bareList(size).split(/<\/?script>/);
    await tab.setContent(page);
    await tab.evaluate((code) => {
      window.mount = () => {
        const element = document.createElement('script');
        element.textContent = code;
        document.body.append(element);
      };
    }, script);
    return { mount: await costOf(tab, () => window.mount()) };
  } finally {
    await tab.close();
  }
}

async function mountViewer(browser, url) {
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await tab.goto(url);
    await tab.waitForFunction(() => window.read);
    await tab.evaluate(() => window.read());
    await tab.waitForTimeout(300);
    const mount = await costOf(tab, async () => {
      window.mount();
      while (!document.querySelector('.tv-row[aria-level]'))
        await new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
    });
    // A reader looks before choosing.
    await tab.waitForTimeout(1500);
    await openAll(tab);
    const select = [];
    for (const row of [5, 7, 9, 6, 8]) {
      select.push(await costOf(tab, `document.querySelector('.tv-rows [aria-rowindex="${row}"]').click()`));
      await tab.waitForTimeout(400);
    }
    return { mount, first: select[0], later: medianOf(select.slice(1), (cost) => cost) };
  } finally {
    await tab.close();
  }
}

/** Loops of a small trace are folded at first: there would be nothing to scroll. */
export async function openAll(tab) {
  await tab.getByRole('button', { name: 'Open all' }).click();
  await tab.waitForTimeout(500);
}

/** Milliseconds of the page's thread, and of the clock, from an action to the second frame behind it. */
export async function costOf(tab, act) {
  const session = await tab.context().newCDPSession(tab);
  await session.send('Performance.enable');
  const busy = async () =>
    1000 * (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
  const before = await busy();
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
  const cpu = (await busy()) - before;
  await session.detach();
  return { cpu, clock };
}

function medianOf(costs, pick) {
  const sorted = costs.map(pick).sort((a, b) => a.cpu - b.cpu);
  return sorted[sorted.length >> 1];
}

const medians = (rounds) =>
  Object.fromEntries(Object.keys(rounds[0]).map((name) => [name, medianOf(rounds, (round) => round[name])]));
