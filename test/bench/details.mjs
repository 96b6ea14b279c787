import { chromium } from 'playwright';
import { browserLaunch } from '../chromium.mjs';
import { buildPage, servePage } from '../page.mjs';

const MANY = 20_000;

const text = (value) => ({ stringValue: value });
const attribute = (key, value) => ({ key, value: text(value) });
const many = (make) => Array.from({ length: MANY }, (_, at) => make(at));
const message = (role, content) => ({ role, parts: [{ type: 'text', content }] });
const words = (at) => `Message ${at}. ${'The invoice was paid twice and the later one is refunded. '.repeat(4)}`;
const conversation = (length) =>
  Array.from({ length }, (_, at) => message(at % 2 === 0 ? 'user' : 'assistant', words(at)));
const chat = (messages, answer) => ({
  attributes: [
    attribute('gen_ai.operation.name', 'chat'),
    attribute('gen_ai.request.model', 'a-model'),
    attribute('gen_ai.input.messages', JSON.stringify(messages)),
    attribute('gen_ai.output.messages', JSON.stringify([message('assistant', answer)])),
  ],
});

/** One span each, that holds much of one thing; the panel to look at, and what shows all of it where it is folded. */
const CASES = [
  ['plain span', 'raw', { attributes: [attribute('a', 'b')] }],
  [
    '20,000 events',
    'events',
    {
      events: many((at) => ({
        name: `event ${at}`,
        timeUnixNano: nanos(at),
        attributes: [attribute('step', `${at}`)],
      })),
    },
  ],
  [
    '20,000 links',
    'links',
    {
      links: many((at) => ({
        traceId: id(at + 9, 32),
        spanId: id(at + 9, 16),
        attributes: [attribute('step', `${at}`)],
      })),
    },
  ],
  ['20,000 attributes', 'attributes', { attributes: many((at) => attribute(`app.key.${at}`, `value ${at}`)) }],
  [
    '20,000 namespaces',
    'attributes',
    { attributes: many((at) => attribute(`n${at % (MANY / 2)}.key${at}`, `value ${at}`)) },
  ],
  ['20,000 messages', 'messages', chat(conversation(MANY), 'The last answer.')],
  [
    '20,000 documents',
    'io',
    {
      attributes: [
        attribute('openinference.span.kind', 'RETRIEVER'),
        ...many((at) => attribute(`retrieval.documents.${at}.document.content`, words(at))),
      ],
    },
  ],
  ['300 messages', 'messages', chat(conversation(300), 'The last answer.')],
  [
    '50 MB prompt',
    'messages',
    chat([message('user', 'All work and no play makes a dull answer.\n'.repeat(1_250_000))], 'Yes.'),
  ],
  [
    '100k-node JSON',
    'io',
    {
      attributes: [
        attribute('openinference.span.kind', 'TOOL'),
        attribute('output.mime_type', 'application/json'),
        attribute(
          'output.value',
          JSON.stringify(Array.from({ length: 25_000 }, (_, at) => ({ at, name: `row ${at}`, ok: true }))),
        ),
      ],
    },
  ],
];

function id(at, length) {
  return (at + 1).toString(16).padStart(length, '0');
}
function nanos(at) {
  return `17900000000${String(10_000_000 + at)}00`;
}

const documentOf = (span) => ({
  resourceSpans: [
    {
      resource: { attributes: [attribute('service.name', 'bench')] },
      scopeSpans: [
        {
          scope: { name: 'bench' },
          spans: [
            ['first', { attributes: [attribute('a', 'b')] }],
            ['measured', span],
            ['last', { attributes: [attribute('c', 'd')] }],
          ].map(([name, held], at) => ({
            traceId: id(0, 32),
            spanId: id(at, 16),
            ...(at === 0 ? {} : { parentSpanId: id(0, 16) }),
            name,
            startTimeUnixNano: nanos(at),
            endTimeUnixNano: nanos(100 + at),
            ...held,
          })),
        },
      ],
    },
  ],
});

/**
 * What the details of one span cost in Chromium: the first selection in a page beside later ones, the longest task
 * once the content is decoded, and how many elements there are, at first and with all shown.
 */
export async function measureDetails() {
  const page = await buildPage('bench-page');
  const browser = await chromium.launch(await browserLaunch());
  const rows = [];
  try {
    for (const [name, panel, span] of CASES)
      rows.push({ details: name, ...(await measureCase(browser, page, panel, span)) });
  } finally {
    await browser.close();
  }
  return rows;
}

async function measureCase(browser, page, panel, span) {
  const served = await servePage(page, Buffer.from(JSON.stringify(documentOf(span))));
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await tab.goto(served.url);
    await tab.waitForSelector('[role=row][aria-level]', { timeout: 180_000 });
    // What comes after the first picture.
    await tab.waitForTimeout(2_000);
    const first = await tab.evaluate(select, 'last');
    const later = await tab.evaluate(select, 'first');
    await tab.evaluate(close);
    const reopened = await tab.evaluate(select, 'last');
    const decoding = await tab.evaluate(select, 'measured');
    await tab.locator(`[role=tab][id$="-tab-${panel}"]`).click();
    await tab.waitForTimeout(600);
    // Decoded once, and looked at again.
    await tab.evaluate(select, 'first');
    await tab.waitForTimeout(300);
    const opened = await longest(browser, tab, () => tab.evaluate(select, 'measured'));
    const nodes = await count(tab);
    const all = await longest(browser, tab, async () => {
      await tab.evaluate(showAll);
      await tab.waitForTimeout(1_500);
    });
    const scrolled = await longest(browser, tab, () => tab.evaluate(scroll));
    return {
      'first select ms': Math.round(first),
      'later ms': Math.round(later),
      'opened again ms': Math.round(reopened),
      'decoding and all ms': Math.round(decoding),
      'again: longest task': opened,
      nodes,
      'all shown: longest task': all,
      'all: nodes': await count(tab),
      'scroll: longest task': scrolled,
    };
  } finally {
    await tab.close();
    served.close();
  }
}

/**
 * The longest task of the page's main thread, in milliseconds of its own processor time: what others on the machine do
 * meanwhile is not in it.
 */
async function longest(browser, tab, act) {
  await browser.startTracing(tab, { categories: ['toplevel', 'devtools.timeline'] });
  await act();
  await tab.waitForTimeout(400);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const main = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  );
  return Math.round(
    traceEvents.reduce((most, event) => (event.tdur > most && main.has(threadOf(event)) ? event.tdur : most), 0) / 1000,
  );
}

const threadOf = ({ pid, tid }) => `${pid} ${tid}`;

const count = (tab) => tab.evaluate(() => document.querySelectorAll('.tv-detail *').length);

// These run in the page.
async function select(name) {
  const begin = performance.now();
  [...document.querySelectorAll('[role=row][aria-level]')].find((row) => row.textContent.startsWith(name)).click();
  const isThere = () =>
    document.querySelector('.tv-summary h3')?.textContent === name && document.querySelector('[role=tabpanel]');
  do {
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
  } while (!isThere() && performance.now() - begin < 60_000);
  return performance.now() - begin;
}

async function close() {
  document.querySelector('.tv-detail-top [aria-label="Close"]').click();
  await new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
  });
}

async function showAll() {
  for (const fold of document.querySelectorAll('.tv-panel details:not([open])')) fold.open = true;
  await new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
  });
  for (const more of document.querySelectorAll('.tv-panel .tv-more[aria-expanded=false]')) more.click();
}

async function scroll() {
  const panel = document.querySelector('.tv-panel');
  for (let step = 0; step < 40; step += 1) {
    panel.scrollTop = (panel.scrollHeight / 40) * step;
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
  }
}
