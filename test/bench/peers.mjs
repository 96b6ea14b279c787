import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { READS } from './reads.mjs';

/** Other readers of traces on npm, at the newest version of the day this was written (2026-11-28). */
const READERS = [
  {
    name: '@evilmartians/agent-prism-data',
    version: '0.0.9',
    how: 'agentPrism',
  },
];

/**
 * Others that draw traces. Each page has `read` and `mount`, as the host's page of the viewer has (`mount.mjs`), and is
 * given spans as a list. What scrolls is called as in our grid.
 */
const PAGES = [
  {
    name: '@assistant-ui/react-o11y',
    version: '0.0.42',
    beside: ['react@19', 'react-dom@19'],
    // All rows are elements at once: of more it is not done in a minute.
    most: 10_000,
    script: `
      import { createElement as h } from 'react';
      import { createRoot } from 'react-dom/client';
      import { AuiConfig, AuiProvider } from '@assistant-ui/store';
      import { SpanPrimitive, SpanResource } from '@assistant-ui/react-o11y';
      const Row = () => h(SpanPrimitive.Root, { className: 'tv-row' },
        h('div', { className: 'name' }, h(SpanPrimitive.Indent), h(SpanPrimitive.CollapseToggle), h(SpanPrimitive.TypeBadge), h(SpanPrimitive.Name)),
        h('div', { className: 'time' }, h(SpanPrimitive.TimelineBar, { className: 'bar' })));
      const App = ({ spans }) => {
        const config = AuiConfig({ span: SpanResource({ spans }) });
        return h(AuiProvider, { extends: null, config },
          h(SpanPrimitive.Timeline, { className: 'tv-grid' }, h(SpanPrimitive.Children, null, () => h(Row))));
      };
      window.mount = () => createRoot(document.querySelector('main')).render(h(App, { spans: window.spans }));`,
    style: `.tv-grid { height: 100vh; overflow: auto; } .tv-row { position: relative; height: 24px; }
      .name { width: 400px; display: flex; overflow: hidden; white-space: nowrap; }
      .time { position: absolute; inset: 0 0 0 420px; } .bar { top: 6px; height: 12px; background: #7b61d1; }`,
    drawn: '.tv-row',
  },
  {
    name: 'flame-chart-js',
    version: '3.3.0',
    beside: [],
    most: 100_000,
    script: `
      import { FlameChart } from 'flame-chart-js';
      window.mount = () => {
        const known = new Map();
        const roots = [];
        for (const { id, parentSpanId, name, type, startedAt, latencyMs } of window.spans) {
          const node = { name, type, start: startedAt, duration: latencyMs, children: [] };
          known.set(id, node);
          (known.get(parentSpanId)?.children ?? roots).push(node);
        }
        const canvas = document.createElement('canvas');
        Object.assign(canvas, { width: innerWidth, height: innerHeight });
        document.querySelector('main').append(canvas);
        window.chart = new FlameChart({ canvas, data: roots, settings: {} });
      };`,
    style: '',
    drawn: 'canvas',
  },
];

const READ = `window.read = async () => { window.spans = await (await fetch('/inputs/0')).json(); };`;

/** Their pages, built, by name: those that can be had. `remove` takes the folder away again. */
export async function peerPages() {
  const folder = await mkdtemp(join(tmpdir(), 'peers-'));
  const pages = {};
  for (const { name, version, beside, script, style, drawn, most } of PAGES) {
    const home = join(folder, name.replace(/\W/g, ''));
    try {
      mkdirSync(home);
      await install(home, [`${name}@${version}`, ...beside]);
      writeFileSync(join(home, 'page.js'), READ + script);
      writeFileSync(
        join(home, 'index.html'),
        `<!doctype html><title>${name}</title><style>body { margin: 0; font: 12.5px/1.2 system-ui; } ${style}</style><main></main><script type="module" src="./page.js"></script>`,
      );
      await build({
        root: home,
        configFile: false,
        logLevel: 'error',
        define: { 'process.env.NODE_ENV': '"production"' },
        build: { outDir: 'out', target: 'es2022', modulePreload: false },
      });
      pages[`${name} ${version}`] = { folder: join(home, 'out'), drawn, most };
    } catch (error) {
      console.log(`${name} ${version} is not measured: ${String(error.message).split('\n')[0]}`);
    }
  }
  return { pages, remove: () => rm(folder, { recursive: true, force: true }) };
}

const install = (folder, wanted) =>
  promisify(execFile)(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--prefix', folder, ...wanted],
    { timeout: 120_000 },
  );

/**
 * Installs them into a folder of their own and gives, by name, what reads bytes of OTLP JSON with them, and how and from
 * which module. Those that cannot be had are left out, and why is printed. `remove` takes the folder away again.
 */
export async function peerReaders() {
  const folder = await mkdtemp(join(tmpdir(), 'peers-'));
  const readers = {};
  const modules = {};
  for (const { name, version, how } of READERS) {
    try {
      await install(folder, [`${name}@${version}`]);
      const module = pathToFileURL(join(folder, 'node_modules', name, 'dist/index.js')).href;
      readers[`${name} ${version}`] = READS[how](await import(module));
      modules[`${name} ${version}`] = { how, module };
    } catch (error) {
      console.log(`${name} ${version} is not measured: ${String(error.message).split('\n')[0]}`);
    }
  }
  return { readers, modules, remove: () => rm(folder, { recursive: true, force: true }) };
}
