import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { TraceViewer } from '../../src/index.ts';
import { fetchLater } from '../../src/components/later/later.tsx';
import { drawTrace } from '../model/drawTrace.ts';

const trace = drawTrace('agent 0-100\n  llm 10-40 in=5 out=2');
const html = (): string =>
  renderToString(createElement(TraceViewer, { trace, defaultSelectedSpan: trace.span(1).key }));

describe('on a server', () => {
  it('the viewer is drawn with the place of the details, whether or not what comes later is there', async () => {
    const before = html();
    expect(before).toContain('aria-label="Details of llm"');
    expect(before).not.toContain('role="tablist"');
    await fetchLater();
    expect(html()).toBe(before);
  });

  it('nothing is placed by a style attribute, which a strict Content-Security-Policy takes out for good', () => {
    expect(html()).toContain('role="row"');
    expect(html()).not.toMatch(/ style="/);
  });

  it('times are told in UTC, and say so: where the reader is, nobody knows there', () => {
    expect(html()).toMatch(/\d\d:\d\d:\d\d[^<]* UTC/);
  });
});
