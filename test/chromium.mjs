// Finds a Chromium-family browser for the browser tests, and can fetch one.
//   node test/chromium.mjs            print what would be used (exit 1 when none)
//   node test/chromium.mjs --ensure   as above, but obtain one first when none is found
// Imported by test/vitest.config.ts: `const launch = await browserLaunch()`.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'test-chromium');
// 147.0.0 is the newest release whose engines field admits Node 20.
const NPM_BROWSER = '@sparticuz/chromium@147.0.0';
const ENV_VARS = [
  'SPANWISE_CHROMIUM',
  'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH',
  'CHROME_PATH',
  'PUPPETEER_EXECUTABLE_PATH',
];

const runnable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

function fromEnv() {
  for (const name of ENV_VARS) {
    const file = process.env[name];
    if (!file) continue;
    if (!runnable(file)) throw new Error(`${name} is set to ${file}, which is not an executable file`);
    return { source: `$${name}`, executablePath: file };
  }
  return undefined;
}

async function fromPlaywright() {
  const { chromium } = await import('playwright');
  // The headless shell lives beside the full build; Playwright picks it by itself when no path is given.
  const full = chromium.executablePath();
  if (existsSync(full)) return { source: 'playwright' };
  const rev = /chromium-(\d+)/.exec(full)?.[1];
  const dir = full.slice(0, full.lastIndexOf(`chromium-${rev}`));
  return rev && existsSync(join(dir, `chromium_headless_shell-${rev}`, 'INSTALLATION_COMPLETE'))
    ? { source: 'playwright (headless shell)' }
    : undefined;
}

function fromSystem() {
  const names = [
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    'microsoft-edge-stable',
    'microsoft-edge',
  ];
  const fixed =
    process.platform === 'darwin'
      ? ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((n) => `/Applications/${n}.app/Contents/MacOS/${n}`)
      : process.platform === 'win32'
        ? ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((v) =>
            process.env[v]
              ? [
                  join(process.env[v], 'Google/Chrome/Application/chrome.exe'),
                  join(process.env[v], 'Microsoft/Edge/Application/msedge.exe'),
                ]
              : [],
          )
        : [];
  const onPath =
    process.platform === 'win32'
      ? []
      : names.flatMap((n) =>
          (process.env.PATH ?? '')
            .split(delimiter)
            .filter(Boolean)
            .map((d) => join(d, n)),
        );
  const file = [...fixed, ...onPath].find(runnable);
  return file ? { source: 'system', executablePath: file } : undefined;
}

const npmBrowserFits = () => process.platform === 'linux' && process.arch === 'x64';

function fromNpmCache() {
  const dir = join(CACHE, NPM_BROWSER.replace(/[@/]/g, '_'));
  const file = join(dir, 'chromium');
  if (!npmBrowserFits() || !existsSync(join(dir, 'complete'))) return undefined;
  return {
    source: NPM_BROWSER,
    executablePath: file,
    // bundled NSS/NSPR/expat and one font family: enough for a machine that has none
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(dir, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter),
      FONTCONFIG_FILE: join(dir, 'fonts.conf'),
    },
  };
}

export async function findBrowser() {
  return fromEnv() ?? (await fromPlaywright()) ?? fromSystem() ?? fromNpmCache();
}

/** Launch options for Playwright (and so for @vitest/browser-playwright). */
export async function browserLaunch() {
  const found = await findBrowser();
  if (!found) throw new Error('No Chromium found. Run: node test/chromium.mjs --ensure');
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return {
    ...(found.executablePath ? { executablePath: found.executablePath } : {}),
    ...(found.env ? { env: found.env } : {}),
    args: [
      ...(asRoot || found.source === NPM_BROWSER ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--font-render-hinting=none',
      '--force-color-profile=srgb',
    ],
  };
}

// A minimal ustar reader: the bundled archives hold only plain files, directories and symlinks.
function untar(buf, dir) {
  for (let at = 0; at + 512 <= buf.length;) {
    const field = (from, len) => buf.toString('utf8', at + from, at + from + len).replace(/\0.*$/s, '');
    const name = [field(345, 155), field(0, 100)].filter(Boolean).join('/');
    if (!name) break;
    const size = parseInt(field(124, 12).trim() || '0', 8);
    const type = field(156, 1) || '0';
    const to = resolve(dir, name);
    if (!to.startsWith(resolve(dir))) throw new Error(`refusing to unpack outside the cache: ${name}`);
    if (type === '5') mkdirSync(to, { recursive: true });
    else if (type === '0') {
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, buf.subarray(at + 512, at + 512 + size), { mode: 0o644 });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

function installFromNpm() {
  if (!npmBrowserFits()) return false;
  const dir = join(CACHE, NPM_BROWSER.replace(/[@/]/g, '_'));
  const tmp = `${dir}.${process.pid}`;
  mkdirSync(tmp, { recursive: true });
  writeFileSync(join(tmp, 'package.json'), '{"private":true}');
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const r = spawnSync(
    npm[0],
    [
      ...npm.slice(1),
      'install',
      '--prefix',
      tmp,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--no-package-lock',
      NPM_BROWSER,
    ],
    { stdio: 'inherit', cwd: tmp },
  );
  if (r.status !== 0) {
    rmSync(tmp, { recursive: true, force: true });
    return false;
  }
  const bin = join(tmp, 'node_modules', '@sparticuz', 'chromium', 'bin');
  const unbr = (f) => brotliDecompressSync(readFileSync(join(bin, f)));
  writeFileSync(join(tmp, 'chromium'), unbr('chromium.br'), { mode: 0o755 });
  untar(unbr('al2023.tar.br'), tmp);
  untar(unbr('fonts.tar.br'), tmp);
  writeFileSync(
    join(tmp, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(dir, 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(dir, 'fontcache')}</cachedir></fontconfig>`,
  );
  rmSync(join(tmp, 'node_modules'), { recursive: true, force: true });
  writeFileSync(join(tmp, 'complete'), NPM_BROWSER);
  rmSync(dir, { recursive: true, force: true });
  renameSync(tmp, dir);
  return true;
}

function installWithPlaywright() {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
  return (
    spawnSync(process.execPath, [cli, 'install', '--only-shell', 'chromium'], { stdio: 'inherit', timeout: 300_000 })
      .status === 0
  );
}

export async function ensureBrowser() {
  let found = await findBrowser();
  if (found) return found;
  console.error('No Chromium on this machine; trying to obtain one for the tests.');
  for (const step of [installWithPlaywright, installFromNpm]) {
    if (step() && (found = await findBrowser())) return found;
  }
  throw new Error(
    'Could not obtain a Chromium. Install Chrome or Chromium (Debian/Ubuntu: apt-get install chromium), or set SPANWISE_CHROMIUM.',
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const found = process.argv.includes('--ensure') ? await ensureBrowser() : await findBrowser();
    console.log(
      found
        ? `browser for tests: ${found.source}${found.executablePath ? ` (${found.executablePath})` : ''}`
        : 'no browser found',
    );
    if (!found) process.exitCode = 1;
  } catch (e) {
    console.error(String(e.message ?? e));
    process.exitCode = 1;
  }
}
