import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserLaunch } from '../chromium.mjs';
import { buildPage, servePage } from '../page.mjs';
import { BEACON, lookAtAll, lookAtViews, made, watched, withPayloads } from './lookAtPage.ts';

/**
 * The viewer's page as a host with the strictest rules would serve it: only its own script and stylesheet, no
 * connection but to where the file came from, no element made from text. Every span is opened and every panel of it is
 * looked at, then the findings, what bars say, and the transcript; nothing may run, nothing may be asked for, no rule may be broken.
 */
const RULES = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  // Lets through the address of the page's own worker, and nothing else.
  'trusted-types spanwise',
].join('; ');

const folder = new URL('../../../shared/adversarial/files/', import.meta.url);
const files = existsSync(folder)
  ? readdirSync(folder).filter((file) => /^(?:xss|remote|chars|keys)-.*\.jsonl?$/.test(file))
  : [];
if (files.length === 0)
  console.info('hostileTexts.test: no folder of hostile files beside this project, own ones only');

describe('a page under strict rules', () => {
  let browser: Browser;
  let built: string;
  beforeAll(async () => {
    built = await buildPage('hostile-page');
    browser = await chromium.launch(await browserLaunch());
  });
  afterAll(() => browser.close());

  const check = async (input: Uint8Array, spans: number): Promise<number> => {
    const served = await servePage(built, input, { 'content-security-policy': RULES });
    const { page, faults } = await watched(browser, served.url);
    try {
      const looked = (await lookAtAll(page, spans)) + (await lookAtViews(page));
      expect([...faults, ...(await made(page))]).toEqual([]);
      return looked;
    } finally {
      await page.close();
      served.close();
    }
  };

  it('runs nothing and asks for nothing, whatever is in every text of a recorded trace', async () => {
    const recorded = readFileSync(new URL('../fixtures/otlp/support-agent.otlp.jsonl', import.meta.url), 'utf8');
    expect(await check(withPayloads(recorded), 12)).toBeGreaterThan(60);
  });

  it('would notice', async () => {
    const served = await servePage(built, Buffer.from('{}'), { 'content-security-policy': RULES });
    const { page, faults } = await watched(browser, served.url);
    await page.evaluate((address) => {
      const root = document.querySelector('#root')!;
      root.append(Object.assign(document.createElement('img'), { src: address }));
      try {
        // What the rules are there to forbid.
        Reflect.set(root.firstElementChild!, 'innerHTML', '<b>x</b>');
      } catch {}
    }, `${BEACON}/x.png`);
    await page.waitForTimeout(100);
    const found = [...faults, ...(await made(page))].join(', ');
    expect(found).toContain('made <img>');
    expect(found).toContain('img-src');
    expect(found).toContain('require-trusted-types-for');
    await page.close();
    served.close();
  });

  it.each(files)('%s', async (file) => {
    expect(await check(readFileSync(new URL(file, folder)), 6)).toBeGreaterThan(0);
  });
});
