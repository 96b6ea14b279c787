import { chromium } from 'playwright';
import { browserLaunch } from '../chromium.mjs';
import { buildPage, servePage } from '../page.mjs';
import { openAll } from './rows.mjs';
import { tracePair } from './diff/pairs.mjs';
import { generateDocument } from './generate.mjs';
import { frameLengths } from './frames.mjs';

/**
 * What the viewer costs in a real Chromium, beside an empty page of the same browser in the same run. The page is the
 * one that the command serves, built from the sources as they are now; gestures are those of a reader, frames are
 * counted by requestAnimationFrame.
 */
export async function measureViewer(sizes) {
  const page = await buildPage('bench-page');
  const browser = await chromium.launch(await browserLaunch());
  const rows = [];
  try {
    const idle = await framesOf(await blankPage(browser));
    rows.push({
      page: 'empty page',
      ...prefixed('scroll', idle),
      ...prefixed('fast scroll', idle),
      ...prefixed('zoom', idle),
    });
    for (const size of sizes) {
      rows.push({ page: `${size} spans`, ...(await measureSize(browser, page, size)) });
      rows.push({ page: `diff of two, ${size} each`, ...(await measureDiffPage(browser, page, size)) });
    }
  } finally {
    await browser.close();
  }
  return rows;
}

async function blankPage(browser) {
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await tab.setContent('<!doctype html><title>empty</title>');
  return tab;
}

/** Two runs of an agent, 2 % of their steps edited, from the first rows on. */
async function measureDiffPage(browser, page, size) {
  const { a, b } = tracePair({ size, share: 0.02 });
  const server = await servePage(
    page,
    [a, b].map((document) => Buffer.from(JSON.stringify(document))),
  );
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await tab.addInitScript(() => {
      window.longTasks = [];
      new PerformanceObserver((list) => {
        window.longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })));
      }).observe({ type: 'longtask', buffered: true });
    });
    const begin = Date.now();
    await tab.goto(server.url);
    await tab.waitForSelector('.tv-row', { timeout: 300_000 });
    const rowsAfter = Date.now() - begin;
    const read = await tab.evaluate(() => performance.now());
    await tab.waitForFunction(() => !document.querySelector('.tv-diff-progress'), null, { timeout: 300_000 });
    const doneAfter = Date.now() - begin;
    await tab.waitForTimeout(500);
    const longest = await tab.evaluate(
      (from) =>
        Math.max(0, ...window.longTasks.filter(({ startTime }) => startTime > from).map(({ duration }) => duration)),
      read,
    );
    const nodes = await tab.evaluate(() => document.querySelectorAll('*').length);
    const { scroll, fastScroll, zoom } = await gestures(tab);
    await tab.evaluate(() => document.querySelector('.tv-row').focus());
    const next = await framesOf(tab, () =>
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true })),
    );
    return {
      'rows after ms': rowsAfter,
      'compared after ms': doneAfter,
      'longest task while comparing ms': longest.toFixed(0),
      'DOM nodes': nodes,
      ...prefixed('scroll', scroll),
      ...prefixed('fast scroll', fastScroll),
      ...prefixed('zoom', zoom),
      ...prefixed('next change', next),
    };
  } finally {
    await tab.close();
    server.close();
  }
}

/** Frames of a list that goes on by what is in sight in each of them, to its end and back. */
const scrollByView = (tab) =>
  framesOf(tab, () => {
    const grid = document.querySelector('.tv-grid');
    const before = grid.scrollTop;
    window.onward ??= 1;
    grid.scrollTop = before + window.onward * (grid.clientHeight - 26);
    if (grid.scrollTop === before) window.onward = -window.onward;
  });

/** Frames of a reader who scrolls and zooms. */
async function gestures(tab) {
  const scroll = await framesOf(tab, (step) => {
    document.querySelector('.tv-grid').scrollTop = step * 40;
  });
  const fastScroll = await scrollByView(tab);
  await tab.evaluate(() => {
    document.querySelector('.tv-grid').scrollTop = 0;
  });
  const zoom = await framesOf(tab, (step) => {
    const axis = document.querySelector('.tv-axis-scale');
    const { left } = axis.getBoundingClientRect();
    axis.dispatchEvent(
      new WheelEvent('wheel', {
        bubbles: true,
        cancelable: true,
        ctrlKey: true,
        deltaY: step < 60 ? -60 : 60,
        clientX: left + 300,
        clientY: 400,
      }),
    );
  });
  return { scroll, fastScroll, zoom };
}

async function measureSize(browser, page, size) {
  const server = await servePage(page, Buffer.from(JSON.stringify(generateDocument(size))));
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    const begin = Date.now();
    await tab.goto(server.url);
    await tab.waitForSelector('[role=row][aria-level]', { timeout: 180_000 });
    const rowsAfter = Date.now() - begin;
    await tab.waitForTimeout(1500);
    await openAll(tab);
    const nodes = await tab.evaluate(() => document.querySelectorAll('*').length);
    const { scroll, fastScroll, zoom } = await gestures(tab);
    const select = await paintedAfter(tab, () => document.querySelectorAll('[role=row][aria-level]')[5].click());
    const selectAgain = await paintedAfter(tab, () => document.querySelectorAll('[role=row][aria-level]')[7].click());
    const close = await paintedAfter(tab, () =>
      [...document.querySelectorAll('button')].find((button) => button.textContent === 'Close all').click(),
    );
    const open = await paintedAfter(tab, () =>
      [...document.querySelectorAll('button')].find((button) => button.textContent === 'Open all').click(),
    );
    await tab.locator('.tv-search input').focus();
    const keys = [];
    for (const key of 'sel') {
      const before = Date.now();
      await tab.keyboard.press(key);
      await tab.evaluate(
        () =>
          new Promise((resolve) => {
            requestAnimationFrame(() => requestAnimationFrame(resolve));
          }),
      );
      keys.push(Date.now() - before);
    }
    return {
      'rows after ms': rowsAfter,
      'DOM nodes': nodes,
      ...prefixed('scroll', scroll),
      ...prefixed('fast scroll', fastScroll),
      ...prefixed('zoom', zoom),
      'first select ms': select,
      'second select ms': selectAgain,
      'close all ms': close,
      'open all ms': open,
      'key ms': Math.max(...keys),
    };
  } finally {
    await tab.close();
    server.close();
  }
}

const prefixed = (name, { 'p50 ms': p50, 'p99 ms': p99 }) => ({ [`${name} p50`]: p50, [`${name} p99`]: p99 });

async function framesOf(tab, act) {
  const { p50, p99 } = await frameLengths(tab, act);
  return { 'p50 ms': p50.toFixed(1), 'p99 ms': p99.toFixed(1) };
}

/** Milliseconds from an action to the second frame behind it. */
async function paintedAfter(tab, act) {
  const time = await tab.evaluate(
    async (run) => {
      const begin = performance.now();
      run();
      await new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      });
      return performance.now() - begin;
    },
    await inPage(tab, act),
  );
  return Math.round(time);
}

/** A function of this file as one of the page. */
const inPage = (tab, act) => tab.evaluateHandle(`(${act.toString()})`);
