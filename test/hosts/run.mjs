// Host projects: each installed from the packed tarball, built, and opened in Chromium with a clean console. `types` has
// no page: its build looks at the tarball itself (publint, are-the-types-wrong).
//   node test/hosts/run.mjs [NAME…]      a screenshot of each page goes to node_modules/.cache/hosts/
// Where packages cannot be had, or time is up, a project is skipped, with the reason.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { browserLaunch } from '../chromium.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '..', '..');
const SHOTS = join(ROOT, 'node_modules', '.cache', 'hosts');
/** The cheapest first: what time is left for is done. */
const ORDER = ['types', 'vite', 'esbuild', 'webpack', 'next'];
const TIME = Number(process.env.SPANWISE_HOSTS_SECONDS ?? 300) * 1000;
const PACKAGES_MISSING = /ENOTFOUND|ETIMEDOUT|ECONN|EAI_AGAIN|E40[134]|ERR_SOCKET|network|No matching version/i;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

/** What a project's scripts are told: where the tarball is. */
const environment = {};

const began = Date.now();
const left = () => TIME - (Date.now() - began);

/** Output and exit code of a command, which is ended when time is up. */
function run(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...environment } });
    let output = '';
    const hear = (data) => (output += data);
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const end = setTimeout(() => child.kill('SIGKILL'), Math.max(1000, left()));
    child.on('close', (code) => {
      clearTimeout(end);
      resolve({ code, output });
    });
  });
}

/** A host's `dist` over HTTP; a sandboxed frame has no origin, so all may read. */
async function serve(folder) {
  const server = createServer((request, response) => {
    const path = join(folder, normalize(new URL(request.url, 'http://x').pathname));
    if (!path.startsWith(folder) || !existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'access-control-allow-origin': '*',
    });
    response.end(readFileSync(path));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** The host's own server. */
async function serveItself(project) {
  const port = 20_000 + (process.pid % 20_000);
  const child = spawn('npm', ['run', 'serve', '--silent', '--', '-p', String(port), '-H', '127.0.0.1'], {
    cwd: project,
    detached: true,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  const url = `http://127.0.0.1:${port}/`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(url).catch(() => null)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url, close: () => process.kill(-child.pid) };
}

/** What is wrong with a page; null = nothing. */
async function look(browser, url, shot) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
  const heard = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(String(error)));
  try {
    await page.goto(url);
    const scope = (await page.locator('iframe').count()) > 0 ? page.frameLocator('iframe') : page;
    const rows = scope.locator('[role=treegrid] [role=row][aria-level]');
    await rows.nth(4).waitFor({ timeout: 15_000 });
    const tops = () => rows.evaluateAll((all) => all.map((row) => Math.round(row.getBoundingClientRect().top)));
    await rows.nth(1).click();
    await scope.locator('[role=tabpanel]').waitFor({ timeout: 15_000 });
    await page.waitForTimeout(300);
    await page.screenshot({ path: shot });
    const places = (await tops()).sort((a, b) => a - b);
    if (places.some((top, at) => at > 0 && top - places[at - 1] !== 24)) return `rows stand at ${places}`;
    const own = await page.evaluate(() => window.checkHost?.() ?? null);
    if (own) return own;
    return heard.length > 0 ? `the console says: ${heard.slice(0, 3).join(' | ').slice(0, 600)}` : null;
  } catch (error) {
    return [String(error), ...heard].join(' | ').slice(0, 900);
  } finally {
    await page.close();
  }
}

async function tryHost(name, folder, tarball, browser) {
  const project = join(folder, name);
  cpSync(join(HERE, name), project, { recursive: true });
  cpSync(join(HERE, 'trace.json'), join(project, 'trace.json'));
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel', 'error'];
  for (const args of [
    ['ci', ...quiet],
    ['install', '--no-save', '--no-package-lock', ...quiet, tarball],
  ]) {
    const { code, output } = await run('npm', args, project);
    if (code !== 0 && (PACKAGES_MISSING.test(output) || left() <= 0))
      return { skipped: left() <= 0 ? 'time is up' : `packages cannot be had (${output.trim().split('\n')[0]})` };
    if (code !== 0) return { failed: output.slice(-1500) };
  }
  const { pages, scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const { code, output } = await run('npm', ['run', 'build', '--silent'], project);
  if (code !== 0) return left() <= 0 ? { skipped: 'time is up' } : { failed: output.slice(-1500) };
  const server = scripts.serve ? await serveItself(project) : await serve(join(project, 'dist'));
  try {
    for (const page of pages) {
      const shot = join(SHOTS, `${name}${page === '' ? '' : `-${page.replace('.html', '')}`}.png`);
      const wrong = await look(browser, server.url + page, shot);
      if (wrong) return { failed: `${page || 'the page'}: ${wrong}` };
    }
  } finally {
    server.close();
  }
  return { passed: pages.length };
}

const worked = (pages) => (pages === 0 ? 'nothing to find fault with' : `${pages} pages work`);

const wanted = process.argv.slice(2);
const names = readdirSync(HERE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (wanted.length === 0 || wanted.includes(entry.name)))
  .map(({ name }) => name)
  .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
const folder = mkdtempSync(join(tmpdir(), 'spanwise-hosts-'));
const counts = { passed: 0, failed: 0, skipped: 0 };
mkdirSync(SHOTS, { recursive: true });
try {
  const packed = await run('npm', ['pack', '--silent', '--pack-destination', folder], ROOT);
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (packed.code !== 0 || !tarball) throw new Error(`npm pack failed: ${packed.output.slice(-1500)}`);
  environment.SPANWISE_TARBALL = join(folder, tarball);
  const browser = await chromium.launch(await browserLaunch());
  for (const name of names) {
    const result =
      left() <= 0 ? { skipped: 'time is up' } : await tryHost(name, folder, join(folder, tarball), browser);
    if (result.passed !== undefined) counts.passed += 1;
    else if (result.skipped) counts.skipped += 1;
    else counts.failed += 1;
    const [word, about] = Object.entries(result)[0];
    process.stdout.write(`host ${name}: ${word === 'passed' ? worked(about) : `${word}: ${about}`}\n`);
  }
  await browser.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
writeFileSync(join(ROOT, 'node_modules', '.cache', 'host-results.json'), JSON.stringify(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
