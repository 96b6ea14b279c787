import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright';
import { build } from 'vite';
import { browserLaunch } from '../chromium.mjs';
import { servePage } from '../page.mjs';

/**
 * A stream for as long as one likes, in a real Chromium, with a row selected and something looked for: what frames and
 * memory do meanwhile. `npm run soak -- SECONDS SPANS_PER_SECOND HELD`, by default ten minutes of 200 in a trace that
 * holds none at first: with 100000 of them, one minute says what the last of ten would.
 */
const [seconds = 600, perSecond = 200, held = 0] = process.argv.slice(2).map(Number);
const spans = seconds * perSecond;

/** The page of a stream, built from the sources as they are now. Returns its folder. */
export async function buildSoakPage() {
  const root = fileURLToPath(new URL('./', import.meta.url));
  const folder = fileURLToPath(new URL('../../node_modules/.cache/soak-page', import.meta.url));
  await build({
    root,
    configFile: false,
    base: './',
    plugins: [react()],
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', cssTarget: 'esnext', chunkSizeWarningLimit: 4000 },
  });
  return folder;
}

const round = (number) => Number(number.toFixed(1));
/** Of many numbers, that below which such a share of them is. */
const quantile = (numbers, share) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await servePage(await buildSoakPage(), Buffer.from(''));
  const browser = await chromium.launch(await browserLaunch());
  try {
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const failures = [];
    tab.on('pageerror', (error) => failures.push(error.message));
    await tab.goto(server.url);
    await tab.waitForFunction(() => window.soak);
    const session = await tab.context().newCDPSession(tab);
    /** Megabytes that are left when all is collected that can be, columns among them. */
    const heap = async () => {
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
      return (usedSize + backingStorageSize) / 2 ** 20;
    };
    await tab.evaluate(() => {
      window.soakFrames = [];
      let last = performance.now();
      const look = (now) => {
        window.soakFrames.push(now - last);
        last = now;
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    // What this machine does with a page on which nothing happens.
    await tab.waitForTimeout(5000);
    const idle = await tab.evaluate(() => window.soakFrames.splice(0));
    const rows = [
      {
        spans: 0,
        'p50 frame ms': quantile(idle, 0.5),
        'p99 frame ms': quantile(idle, 0.99),
        'longest ms': quantile(idle, 1),
        'heap MB': round(await heap()),
      },
    ];
    await tab.evaluate(
      ([count, rate, before]) => {
        window.done = window.soak.send(count, rate, before).then(() => window.soak.stream.close());
      },
      [spans, perSecond, held],
    );
    await tab.waitForFunction(() => document.querySelectorAll('.tv-row').length > 20, null, { timeout: 30_000 });
    await tab.evaluate(() => document.querySelectorAll('.tv-row')[9].click());
    await tab.fill('input[role=combobox]', 'kind:tool');
    const look = () =>
      tab.evaluate(() => {
        const row = document.querySelector('.tv-row[aria-selected=true]');
        const frames = window.soakFrames.splice(0);
        return {
          frames,
          spans: Number(document.querySelector('[role=treegrid]').getAttribute('aria-rowcount')) - 1,
          name: row?.querySelector('.tv-name').textContent,
          top: row?.getBoundingClientRect().top,
          nodes: document.querySelectorAll('*').length,
        };
      });
    await tab.waitForTimeout(500);
    const first = await look();
    const parts = 10;
    for (let part = 0; part < parts; part += 1) {
      // Collecting all garbage, to know what is left, stops the page: that frame is none of the viewer's.
      await tab.evaluate(() => new Promise(requestAnimationFrame).then(() => window.soakFrames.splice(0)));
      await tab.waitForTimeout((seconds * 1000) / parts);
      const now = await look();
      rows.push({
        spans: now.spans,
        'p50 frame ms': quantile(now.frames, 0.5),
        'p99 frame ms': quantile(now.frames, 0.99),
        'longest ms': quantile(now.frames, 1),
        'heap MB': round(await heap()),
        nodes: now.nodes,
        'row moved px': round(Math.abs((now.top ?? Number.NaN) - first.top)),
        'still selected': now.name === first.name,
      });
      console.table(rows.slice(-1));
    }
    await tab.evaluate(() => window.done);
    console.table(rows);
    const wrong = rows.slice(1).filter((row) => row['row moved px'] !== 0 || !row['still selected']);
    if (failures.length > 0 || wrong.length > 0) {
      console.error(...failures, `${wrong.length} looks at a row that moved or was lost`);
      process.exitCode = 1;
    }
  } finally {
    await browser.close();
    server.close();
  }
}
