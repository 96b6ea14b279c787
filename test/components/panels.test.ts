import { createElement, Fragment, type ComponentType, type ReactNode } from 'react';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { parseTraces, TraceProvider, type Trace } from '../../src/index.ts';
import { defaultLabels } from '../../src/labels.ts';
import { builtInPanels } from '../../src/components/SpanDetail/panels.tsx';
import { Failure } from '../../src/components/SpanDetail/Failure.tsx';
import { SpanSummary } from '../../src/components/SpanDetail/SpanSummary.tsx';

const fixtures = new URL('../fixtures/', import.meta.url);
/** `pairs.json` is a list of files, and what the OpenAI Agents SDK exports is no format yet. */
const recordings = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.jsonl?$/.test(file) && !/^record|^pairs|^openai-agents|expected|package|node_modules/.test(file),
);
const hostile = new URL('../../../shared/adversarial/files/', import.meta.url);
const isThere = existsSync(hostile);
if (!isThere) console.info('panels.test: hostile files skipped, there is no folder of them beside this project');

/** What stands on screen of every panel that fits a span, with its name and numbers; a panel that throws throws here. */
async function drawn(trace: Trace, index: number): Promise<string> {
  const span = trace.span(index);
  const content = await span.content();
  const panels = builtInPanels(defaultLabels).filter((panel) => panel.match(span, content));
  for (const panel of panels) panel.count?.(span, content);
  const parts: readonly ReactNode[] = [
    createElement(SpanSummary, { span, kinds: undefined }),
    createElement(Failure, { span, content }),
    ...panels.map((panel) => createElement(Fragment, { key: panel.id }, panel.render(span, content))),
  ];
  return renderToString(
    createElement(
      TraceProvider as ComponentType<{ readonly trace: Trace; readonly timeZone: string }>,
      { trace, timeZone: 'UTC' },
      ...parts,
    ),
  );
}

/** More of one file would only cost time: kinds repeat. */
const SPANS = 120;

describe('the panels of every recorded file', () => {
  it('are looked at', () => expect(recordings.length).toBeGreaterThan(20));

  it.each(recordings)(
    '%s: each span has panels, none throws, and nothing unknown is said to be 0 or NaN',
    async (file) => {
      const { traces } = await parseTraces(readFileSync(new URL(file, fixtures)));
      for (const trace of traces)
        for (let index = 0; index < Math.min(SPANS, trace.spanCount); index += 1) {
          const html = await drawn(trace, index);
          expect(html).toContain('tv-summary');
          expect(html.replaceAll(/<(?:code|bdi)[\s\S]*?<\/(?:code|bdi)>/g, '')).not.toMatch(/\bNaN\b|\[object /);
        }
    },
  );
});

describe.runIf(isThere)('the panels of hostile files', () => {
  it.each(isThere ? readdirSync(hostile) : [])('%s: none throws', async (file) => {
    const set = await parseTraces(readFileSync(new URL(file, hostile))).catch(() => null);
    for (const trace of set?.traces ?? [])
      for (let index = 0; index < Math.min(40, trace.spanCount); index += 1)
        expect(await drawn(trace, index)).toContain('tv-summary');
  });
});
