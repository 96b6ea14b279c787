import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, userEvent, waitFor } from 'storybook/test';
import {
  TraceHeader,
  TraceProvider,
  TraceTree,
  TraceViewer,
  readTraces,
  type Column,
  type Panel,
} from '../src/index.ts';
import { drawDocument } from '../test/model/drawTrace.ts';
import { recordings } from './recordings.ts';

/** Pages with rules of their own: these do not reach our elements, and ours do not reach theirs. */
const meta = { title: 'Host styles', component: TraceViewer } satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

const HEADINGS = ['h2', 'h3', 'h4'] as const;

/** What hosts draw: with classes of utilities, and as their rules for elements have it. */
const Theirs = (): ReactNode => (
  <div className="theirs" style={{ width: 40, height: 20, overflow: 'hidden' }}>
    {HEADINGS.map((Heading) => (
      <Heading key={Heading}>Heading</Heading>
    ))}
    <p className="bg-blue">A paragraph</p>
    <ul className="list">
      <li>one</li>
    </ul>
    <ol>
      <li>two</li>
    </ol>
    <dl>
      <dt>word</dt>
      <dd>meaning</dd>
    </dl>
    <button type="button">plain</button>
    <button type="button" className="bg-blue p-4 rounded">
      utilities
    </button>
    <input aria-label="Text" className="border" />
    <code>code</code>
    <kbd>K</kbd>
    <pre>pre</pre>
    <mark data-current="">mark</mark>
    <small>small</small>
    <table>
      <thead>
        <tr>
          <th>head</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>cell</td>
        </tr>
      </tbody>
    </table>
    <svg viewBox="0 0 4 4" width="12" height="12" aria-hidden="true">
      <path d="M0 0h4v4z" />
    </svg>
    <span className="flex p-4">span</span>
  </div>
);

const drawn = readTraces(drawDocument('chain answer 0---10\n  llm chat 2-5')).traces[0]!;

const panels: readonly Panel[] = [{ id: 'theirs', title: 'Theirs', match: () => true, render: () => <Theirs /> }];
const columns: readonly Column[] = [
  { id: 'theirs', header: 'Theirs', width: 90, value: () => 1, cell: () => <Theirs /> },
  { id: 'cost', header: 'Cost', width: 70, value: () => 1 },
];

/** The main rules of Tailwind 4: a reset and utilities, both in layers. */
const TAILWIND = `
@layer theme, base, components, utilities;
@layer base {
  *, ::after, ::before, ::backdrop { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid; }
  h1, h2, h3, h4 { font-size: inherit; font-weight: inherit; }
  ol, ul, menu { list-style: none; }
  img, svg, video, canvas { display: block; vertical-align: middle; }
  button, input, select { font: inherit; letter-spacing: inherit; color: inherit; border-radius: 0; background-color: transparent; opacity: 1; }
  code, kbd, samp, pre { font-family: monospace; font-size: 1em; }
  table { text-indent: 0; border-color: inherit; border-collapse: collapse; }
  small { font-size: 80%; }
}
@layer utilities {
  .bg-blue { background-color: rgb(0, 0, 200); color: white; }
  .p-4 { padding: 16px; }
  .rounded { border-radius: 9px; }
  .border { border: 2px solid rgb(9, 9, 9); }
  .flex { display: flex; }
  .list { list-style: disc; padding-left: 20px; }
}`;

/** What Bootstrap says of elements. */
const BOOTSTRAP = `
*, *::before, *::after { box-sizing: border-box; }
h1, h2, h3, h4 { margin-top: 0; margin-bottom: .5rem; font-weight: 500; line-height: 1.2; }
h2 { font-size: 2rem; } h3 { font-size: 1.75rem; }
p { margin-top: 0; margin-bottom: 1rem; }
ol, ul { padding-left: 2rem; }
ol, ul, dl { margin-top: 0; margin-bottom: 1rem; }
dt { font-weight: 700; } dd { margin-bottom: .5rem; margin-left: 0; }
small { font-size: .875em; }
mark { padding: .1875em; color: rgb(33, 37, 41); background-color: rgb(255, 243, 205); }
pre, code, kbd { font-family: monospace; font-size: 1em; }
pre { display: block; margin-bottom: 1rem; overflow: auto; font-size: .875em; }
code { font-size: .875em; color: rgb(214, 51, 132); word-wrap: break-word; }
kbd { padding: .1875rem .375rem; font-size: .875em; color: white; background-color: rgb(33, 37, 41); border-radius: .25rem; }
img, svg { vertical-align: middle; max-width: 100%; height: auto; }
table { caption-side: bottom; border-collapse: collapse; }
th { text-align: inherit; } tbody, td, tfoot, th, thead, tr { border: 0 solid; border-color: inherit; }
label { display: inline-block; } button { border-radius: 0; }
button:focus:not(:focus-visible) { outline: 0; }
input, button, select { margin: 0; font-family: inherit; font-size: inherit; line-height: inherit; }
button, select { text-transform: none; } [role="button"] { cursor: pointer; }
summary { display: list-item; }`;

/** One that nobody put into a layer. */
const RESET = `
* { margin: 0; padding: 0; border: 0; font: inherit; letter-spacing: .1em; vertical-align: baseline; transition: all .2s; }
ul, ol { list-style: none; } button { appearance: none; background: none; }
svg { display: inline; width: 100%; height: auto; } table { border-spacing: 0; }`;

const REVERT = '* { all: revert; }';

/** A page with a loud voice, also from within a class of its own. */
const LOUD = `
.content h2, .content h3, .content h4 { text-transform: uppercase; letter-spacing: 4px; text-shadow: 1px 1px red; border-bottom: 3px solid; color: red; }
.content ul { list-style: square; padding-left: 40px; } .content li::before { content: "→"; } .content p { line-height: 3; max-width: 20ch; }
button { padding: 8px 16px; background: tomato; border-radius: 20px; min-height: 44px; text-transform: uppercase; box-shadow: 0 0 4px; }
button::after { content: "!"; } dl { display: grid; } dt, dd { float: left; } input, select { border: 4px solid green; height: 50px; width: 300px; }
span, div { line-height: 2; } i { font-style: italic; color: red; } b { font-weight: 900; color: green; } small { font-size: 30px; }
.content code { background: yellow; } .content kbd { background: black; color: white; } header, footer, section, aside, nav { padding: 30px; }
label { font-weight: bold; display: block; } svg { fill: none; max-width: 100%; height: auto; }
bdi, button, summary { container-type: inline-size; will-change: transform; text-align-last: right; text-wrap: balance; text-emphasis: dot;
  -webkit-text-fill-color: red; -webkit-text-stroke: 1px red; text-underline-offset: 4px; quotes: none; line-break: anywhere; clip: rect(0 0 0 0);
  grid-auto-flow: column; grid-auto-columns: 9px; grid-auto-rows: 9px; scroll-margin: 9px; scroll-snap-align: start; scrollbar-width: none;
  scrollbar-gutter: stable; overscroll-behavior: contain; scroll-behavior: smooth; text-overflow: ellipsis; text-orientation: upright; resize: both;
  box-decoration-break: clone; scroll-padding: 9px; scroll-snap-type: x mandatory; scrollbar-color: red green; }
table { border-collapse: collapse; border-spacing: 9px; table-layout: fixed; } input { accent-color: red; caret-color: green; }`;

type Look = ReadonlyMap<Element, string>;
const SIZES = /^(?:width|height|(?:inline|block)-size|.*origin|top|left|right|bottom|inset-.*)$/;

/** All that is computed for these elements, without the sizes that follow from their contents. */
const lookOf = (elements: Iterable<Element>): Look =>
  new Map(
    Array.from(elements, (element) => [
      element,
      [undefined, '::before', '::after']
        .map((pseudo) => {
          const style = getComputedStyle(element, pseudo);
          if (pseudo && style.content === 'none') return '';
          return Array.from(style)
            .filter((name) => !SIZES.test(name) && !name.startsWith('--') && name !== '-webkit-locale')
            .map((name) => `${name}: ${style.getPropertyValue(name)}`)
            .join('\n');
        })
        .join('\n----\n'),
    ]),
  );

/** What is not the same, as words that say where. */
function differences(before: Look, after: Look): readonly string[] {
  const found: string[] = [];
  for (const [element, look] of before) {
    const lines = after.get(element)!.split('\n');
    look.split('\n').forEach((line, at) => {
      if (line !== lines[at])
        found.push(`<${element.tagName} class="${element.getAttribute('class')}"> ${line} → ${lines[at]}`);
    });
  }
  return [...new Set(found)];
}

/** Whether a rule of the page may set this: what is inherited comes from where the element stands. */
const OWN_OF_ELEMENT =
  /^(?:display|background-color|padding-.*|margin-.*|border-.*-(?:width|style|radius)|list-style-type|text-transform|float|box-shadow|max-width|vertical-align|outline-style|appearance|text-decoration-line)$/;

const ownLook = (element: Element): readonly string[] => {
  const style = getComputedStyle(element);
  return Array.from(style)
    .filter((name) => OWN_OF_ELEMENT.test(name))
    .map((name) => `${element.tagName} ${name}: ${style.getPropertyValue(name)}`);
};

const onPage = (css: string): Story => ({
  parameters: { a11y: { test: 'off' } },
  render: () => (
    <div className="content">
      <style className="page-rules">{css}</style>
      <div className="outside" style={{ font: '12.5px system-ui' }}>
        <Theirs />
      </div>
      <div style={{ height: 600 }}>
        <TraceViewer
          input={recordings.supportAgent}
          defaultShownColumns={['theirs', 'duration', 'cost']}
          columns={columns}
          panels={panels}
          headerEnd={<Theirs />}
          kinds={{ llm: { label: 'Model', glyph: () => <Theirs /> } }}
        />
      </div>
      <TraceProvider trace={drawn} style={{ height: 300 }}>
        <Theirs />
        <TraceHeader>
          <Theirs />
        </TraceHeader>
        <div style={{ height: 100 }}>
          <TraceTree />
        </div>
      </TraceProvider>
    </div>
  ),
  async play({ canvas, canvasElement }) {
    const [row] = await canvas.findAllByRole('row', { name: /^classify_intent/ });
    await userEvent.click(row!);
    await canvas.findByRole('tab', { name: 'Theirs' });
    await userEvent.click(canvas.getByRole('tab', { name: /Attributes/ }));
    await canvas.findByRole('tabpanel', { name: /Attributes/ });
    await waitFor(() => expect(canvasElement.querySelectorAll('.tv-root .theirs').length).toBeGreaterThan(10));
    const rules = canvasElement.querySelector<HTMLStyleElement>('.page-rules')!.sheet!;
    const ours = Array.from(canvasElement.querySelectorAll('.tv-root [data-trace-part] *')).filter(
      (element) =>
        !element.closest('.theirs') &&
        !element.matches('.tv-slot, svg *, .tv-root > *, .tv-root > * *:not([data-trace-part] *)'),
    );
    await expect(ours.length).toBeGreaterThan(300);
    const still = document.createElement('style');
    still.textContent = '* { transition: none !important; animation: none !important; }';
    canvasElement.append(still);
    const withRules = lookOf(ours);
    rules.disabled = true;
    const without = lookOf(ours);
    rules.disabled = false;
    await expect(differences(without, withRules)).toEqual([]);

    await userEvent.click(canvas.getByRole('tab', { name: 'Theirs' }));
    const outside = canvasElement.querySelector<HTMLElement>('.outside')!;
    for (const place of canvasElement.querySelectorAll('.tv-root .theirs')) {
      // What is told in letters follows the place.
      outside.style.fontSize = getComputedStyle(place).fontSize;
      await expect(Array.from(place.querySelectorAll('*'), ownLook).flat()).toEqual(
        Array.from(outside.querySelectorAll('.theirs *'), ownLook).flat(),
      );
    }
  },
});

export const Tailwind: Story = onPage(TAILWIND);
export const BootstrapReboot: Story = onPage(BOOTSTRAP);
export const UnlayeredReset: Story = onPage(RESET);
export const AllReverted: Story = onPage(REVERT);
export const LoudPage: Story = onPage(LOUD);
export const NoRules: Story = onPage('');
