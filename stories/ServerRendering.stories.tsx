import type { Meta, StoryObj } from '@storybook/react-vite';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { expect, waitFor } from 'storybook/test';
import { readTraces, TraceViewer } from '../src/index.ts';
import stylesheet from '../src/styles.css?inline';
import { drawDocument } from '../test/model/drawTrace.ts';

/** HTML of a server, taken over in a page. */
const meta = { title: 'Server rendering', component: TraceViewer } satisfies Meta<typeof TraceViewer>;
export default meta;

const trace = readTraces(drawDocument('agent answer 0----20\n  llm chat 2-5\n    tool look 3-4\n  llm more 6-9'))
  .traces[0]!;

/**
 * Under `style-src 'self'` nothing is refused: rows follow each other until the page places them, and afterwards stand
 * where they stand everywhere. The time is told in the reader's zone, not in the server's.
 */
export const UnderPolicy: StoryObj<typeof meta> = {
  render: () => (
    <iframe title="Page with a policy" sandbox="allow-same-origin" style={{ width: 900, height: 500, border: 0 }} />
  ),
  async play({ canvasElement }) {
    const frame = canvasElement.querySelector('iframe')!;
    const viewer = <TraceViewer trace={trace} defaultSelectedSpan={trace.span(1).key} />;
    await new Promise((resolve) => {
      frame.addEventListener('load', resolve, { once: true });
      frame.srcdoc = `<!doctype html><html lang="en"><head><title>Host</title>
        <meta http-equiv="Content-Security-Policy" content="style-src 'self'"></head>
        <body><div id="root">${renderToString(viewer)}</div></body></html>`;
    });
    const page = frame.contentDocument!;
    const refused: string[] = [];
    page.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) => {
      refused.push(`${violatedDirective} ${sample}`);
    });
    const sheet = new (frame.contentWindow as unknown as typeof globalThis).CSSStyleSheet();
    sheet.replaceSync(`#root { height: 480px; } ${stylesheet}`);
    page.adoptedStyleSheets = [sheet];
    const tops = (): readonly number[] =>
      Array.from(page.querySelectorAll('.tv-row'), (row) => Math.round(row.getBoundingClientRect().top));
    const before = tops();
    await expect(before.map((top) => top - before[0]!)).toEqual([0, 24, 48, 72]);
    const time = (): string => page.querySelector('.tv-meta > span')!.textContent!;
    await expect(time()).toMatch(/UTC$/);

    const wrong: unknown[] = [];
    const root = hydrateRoot(page.querySelector('#root')!, viewer, {
      onRecoverableError: (error) => wrong.push(error),
    });
    await waitFor(() => expect(page.querySelector('.tv-rows')).toHaveAttribute('data-placed'));
    await waitFor(() => expect(tops().map((top) => top - tops()[0]!)).toEqual([0, 24, 48, 72]));
    await expect(page.querySelector<HTMLElement>('.tv-rows')!.style.paddingTop).toBe('0px');
    const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short' })
      .formatToParts(new Date(Number(trace.originUnixNano / 1_000_000n)))
      .find(({ type }) => type === 'timeZoneName')!.value;
    await waitFor(() => expect(time().endsWith(zone)).toBe(true));
    await expect(wrong).toEqual([]);
    await expect(refused).toEqual([]);
    root.unmount();
  },
};
