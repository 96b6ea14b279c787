import type { Meta, StoryObj } from '@storybook/react-vite';
import { useRef, useState, type ReactNode } from 'react';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { FindContext, createReveal } from '../src/hooks/context/FindContext.ts';
import { wordsFinder } from '../src/analysis/values/finder.ts';
import { StatusProvider } from '../src/components/parts/useStatus.tsx';
import { WindowedList, type WindowedListRef } from '../src/components/parts/WindowedList.tsx';
import { Fold } from '../src/components/SpanDetail/values/Fold.tsx';
import { Media } from '../src/components/SpanDetail/values/Media.tsx';
import { Value, type ValueProps } from '../src/components/SpanDetail/values/Value.tsx';
import { TraceProvider, type Renderers } from '../src/index.ts';

interface Args extends ValueProps {
  readonly renderers?: Renderers;
}

/** Recorded values by themselves: text, Markdown, JSON and code, each in a window. */
const meta = {
  title: 'Values',
  args: { value: '', field: 'message', id: 'value' },
  render: ({ renderers, ...value }: Args) => (
    <Details renderers={renderers}>
      <Value {...value} />
    </Details>
  ),
} satisfies Meta<Args>;
export default meta;
type Story = StoryObj<typeof meta>;

function Details({
  renderers,
  children,
}: {
  readonly renderers?: Renderers | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div className="tv-root" style={{ height: 600, width: 640 }}>
      <TraceProvider trace={null} {...(renderers ? { renderers } : {})}>
        <StatusProvider>
          <div className="tv-detail" style={{ height: '100%' }}>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <div className="tv-panel" tabIndex={0} role="region" aria-label="Panel">
              {children}
            </div>
          </div>
        </StatusProvider>
      </TraceProvider>
    </div>
  );
}

const panelOf = (canvasElement: HTMLElement): HTMLElement => canvasElement.querySelector<HTMLElement>('.tv-panel')!;
const nodesIn = (canvasElement: HTMLElement): number => canvasElement.querySelectorAll('*').length;
const frames = async (count = 2): Promise<void> => {
  for (let frame = 0; frame < count; frame += 1)
    await new Promise((done) => {
      requestAnimationFrame(done);
    });
};

const reply = `## Your refund

You were charged **twice** for *October*:

1. \`in_88213\` for $49.00
2. \`in_88209\`, a duplicate

| invoice | state |
| --- | --- |
| in_88213 | paid |

See [our policy](https://help.example.com/refunds?from=mail) or ~~call us~~.

\`\`\`ts
const refund = await api.refund('in_88209');
\`\`\`
`;

/** Markdown as it is meant to be read. Raw HTML stays text; a link says where it leads before it goes there. */
export const Markdown: Story = {
  args: { value: `${reply}\n<img src=x onerror="alert(1)"> [no](javascript:alert(1))` },
  async play({ canvas, canvasElement }) {
    await canvas.findByRole('table');
    await expect(canvasElement.querySelector('strong')).toHaveTextContent('twice');
    await expect(canvas.getByText(/<img src=x onerror="alert\(1\)"> \[no\]\(javascript:alert\(1\)\)/)).toBeVisible();
    await expect(canvasElement.querySelector('img, script, a')).toBeNull();
    await userEvent.click(canvas.getByRole('button', { name: 'our policy' }));
    const link = canvas.getByRole('link');
    await expect(link).toHaveTextContent('https://help.example.com/refunds?from=mail');
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    await expect(link).toHaveAttribute('target', '_blank');
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Show as' }), 'Text');
    await expect(canvas.getByText(/^## Your refund/)).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Show spaces and hidden characters' }));
    await expect(canvasElement.querySelectorAll('.tv-hidden').length).toBe(0);
  },
};

/** How a kind of field is looked at is chosen once: the next value of that kind is shown so. */
export const ChosenPerField: Story = {
  render: () => (
    <Details>
      <Value value={reply} field="message" />
      <Value value="**also** Markdown" field="message" />
      <Value value="**another** kind" field="document" />
    </Details>
  ),
  async play({ canvas, canvasElement }) {
    await waitFor(() => expect(canvasElement.querySelectorAll('.tv-markdown').length).toBe(3));
    await userEvent.selectOptions(canvas.getAllByRole('combobox', { name: 'Show as' })[0]!, 'Code');
    await expect(canvas.getByText('**also** Markdown')).toBeVisible();
    await expect(canvasElement.querySelectorAll('.tv-markdown').length).toBe(1);
  },
};

const payload = {
  customer: { name: 'Ada', 'e-mail': 'ada@example.com', tags: ['vip', 'eu'] },
  note: 'first line\nsecond line',
  arguments: '{"invoice":"in_88213","reason":"duplicate"}',
  amount: 49,
  paid: true,
  refund: null,
};

/** JSON as a tree: keys of the keyboard, paths, and JSON within a string when somebody asks for it. */
export const Json: Story = {
  args: { value: payload, field: 'arguments' },
  async play({ canvas, canvasElement }) {
    const own = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
    const writeText = fn(() => Promise.resolve());
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    try {
      const items = (): HTMLElement[] => canvas.getAllByRole('treeitem');
      await expect(items()).toHaveLength(11);
      const [first] = items();
      first!.focus();
      await userEvent.keyboard('{ArrowLeft}');
      await waitFor(() => expect(items()).toHaveLength(6));
      await expect(items()[0]).toHaveAttribute('aria-expanded', 'false');
      await expect(items()[0]).toHaveFocus();
      await userEvent.keyboard('{ArrowRight}{ArrowRight}');
      await expect(items()[1]).toHaveFocus();
      await userEvent.keyboard('{ArrowLeft}');
      await expect(items()[0]).toHaveFocus();
      await userEvent.keyboard('{End}');
      await expect(items().at(-1)).toHaveFocus();
      // Lines of a string are lines.
      await expect(canvas.getByText(/first line\s+second line/)).toBeVisible();
      const nested = items().find((item) => item.textContent!.startsWith('arguments'))!;
      nested.focus();
      await userEvent.click(within(nested).getByRole('button', { name: 'Open JSON' }));
      const reason = (await canvas.findByText('duplicate')).closest<HTMLElement>('[role="treeitem"]')!;
      reason.focus();
      await userEvent.click(within(reason).getByRole('button', { name: 'Copy path' }));
      await expect(writeText).toHaveBeenLastCalledWith('$.arguments | fromjson | $.reason');
      await userEvent.click(within(reason).getByRole('button', { name: 'Copy' }));
      await expect(writeText).toHaveBeenLastCalledWith('duplicate');
      await waitFor(() => expect(canvasElement.querySelector('.tv-status')).toHaveTextContent('Copied'));
    } finally {
      if (own) Object.defineProperty(navigator, 'clipboard', own);
      else Reflect.deleteProperty(navigator, 'clipboard');
    }
  },
};

const manyNodes = Array.from({ length: 25_000 }, (_, at) => ({ id: at, name: `row ${at}`, ok: at % 2 === 0 }));

/** A hundred thousand nodes: what is in view, and no more. */
export const LargeJson: Story = {
  args: { value: manyNodes, field: 'result' },
  async play({ canvas, canvasElement }) {
    await userEvent.click(await canvas.findByRole('button', { name: 'Show all 100,000 rows' }));
    await waitFor(() => expect(canvas.getAllByRole('treeitem').length).toBeGreaterThan(20));
    await expect(nodesIn(canvasElement)).toBeLessThan(1500);
    canvas.getAllByRole('treeitem')[0]!.focus();
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(canvas.getByText('row 24999')).toBeVisible());
    await waitFor(() => expect(canvas.getAllByRole('treeitem').at(-1)).toHaveFocus());
    await expect(nodesIn(canvasElement)).toBeLessThan(1500);
  },
};

const longText = Array.from({ length: 200_000 }, (_, at) => `line ${at + 1} of a long answer`).join('\n');

/** The beginning costs no more than that; all of it is a window. What is looked for is scrolled to and marked. */
export const LongText: Story = {
  args: { value: longText, field: 'text' },
  render: function Render({ value, ...args }: Args) {
    const [wanted, setWanted] = useState(-1);
    const text = String(value);
    const reveal =
      wanted === -1
        ? null
        : createReveal({ source: 'value', node: null, part: 'text', range: [wanted, wanted + 11] }, null);
    const [context] = useState({ finder: wordsFinder('line 150000') });
    return (
      <FindContext.Provider value={{ finder: context.finder, reveal }}>
        <Details>
          <button type="button" onClick={() => setWanted(text.indexOf('line 150000'))}>
            Go
          </button>
          <Value {...args} value={value} />
        </Details>
      </FindContext.Provider>
    );
  },
  async play({ canvas, canvasElement }) {
    await expect(nodesIn(canvasElement)).toBeLessThan(100);
    await userEvent.click(canvas.getByRole('button', { name: 'Go' }));
    await waitFor(() => expect(canvasElement.querySelector('mark[data-current]')).toHaveTextContent('line 150000'));
    const mark = canvasElement.querySelector('mark[data-current]')!;
    const frame = panelOf(canvasElement).getBoundingClientRect();
    await waitFor(() => {
      const { top, bottom } = mark.getBoundingClientRect();
      return expect(top > frame.top && bottom < frame.bottom).toBe(true);
    });
    await expect(nodesIn(canvasElement)).toBeLessThan(400);
    await userEvent.click(canvas.getByRole('button', { name: 'Show less' }));
    await expect(nodesIn(canvasElement)).toBeLessThan(100);
  },
};

/** What does not show is written out on demand. */
export const HiddenCharacters: Story = {
  args: { value: 'zero\u200Bwidth, a\ttab, no\u00A0break, trailing  \n\u202Eright to left', field: 'text' },
  async play({ canvas, canvasElement }) {
    await expect(canvasElement.textContent).toContain('⟨U+202E⟩');
    await userEvent.click(canvas.getByRole('button', { name: 'Show spaces and hidden characters' }));
    await expect(canvasElement.textContent).toContain('zero⟨U+200B⟩width, a→\ttab, no⍽break, trailing··');
  },
};

const text = 'A text of a host.\n\nIn two paragraphs.';

/** The host draws what it wants to; what it leaves, and where it fails, is as ever. */
export const OfTheHost: Story = {
  render: () => (
    <Details
      renderers={{
        text: ({ text: given }) => (given === text ? <em>by the host: {given.length}</em> : undefined),
        json: () => {
          throw new Error('the host fails');
        },
        image: ({ uri }) => <b>picture at {uri}</b>,
      }}
    >
      <Value value={text} field="message" view="text" />
      <Value value={`${text} More.`} field="message" view="text" />
      <Value value={{ kept: 'ours' }} field="arguments" />
      <Media type="image" uri="https://images.example.com/a.png" />
    </Details>
  ),
  async play({ canvas }) {
    await expect(canvas.getByText('by the host: 37')).toBeVisible();
    await expect(canvas.getByText(/In two paragraphs\. More\./)).toBeVisible();
    await expect(await canvas.findByText('This part could not be shown.')).toBeVisible();
    await expect(canvas.getByText('ours')).toBeVisible();
    await expect(canvas.getByText('picture at https://images.example.com/a.png')).toBeVisible();
  },
};

const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Nothing is ever fetched. Bytes that are in the record are shown when somebody asks, unless they are a document. */
export const Pictures: Story = {
  render: () => (
    <Details>
      <Media type="image" mimeType="image/png" data={dot} alt="A dot" />
      <Media type="image" uri={`data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')}`} />
      <Media type="image" uri="https://images.example.com/a.png" />
    </Details>
  ),
  async play({ canvas, canvasElement }) {
    await expect(canvasElement.querySelector('img')).toBeNull();
    await expect(canvas.getByText('https://images.example.com/a.png')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Show image' }));
    await expect(canvas.getByRole('img', { name: 'A dot' })).toHaveAttribute('src', `data:image/png;base64,${dot}`);
    await expect(canvasElement.querySelectorAll('img')).toHaveLength(1);
  },
};

/** Twenty thousand entries of different heights, one list inside another, below something else. */
export const TwentyThousand: Story = {
  render: function Render() {
    const list = useRef<WindowedListRef>(null);
    return (
      <Details>
        <p style={{ height: 300 }}>
          <button type="button" onClick={() => list.current?.scrollTo(15_000, 'start')}>
            Go
          </button>
        </p>
        <WindowedList
          ref={list}
          label="Entries"
          count={20_000}
          renderEntry={(at) => (
            <div style={{ height: 20 + (at % 7) * 9 }}>
              <button type="button">entry {at}</button>
            </div>
          )}
        />
        <p>behind it</p>
      </Details>
    );
  },
  async play({ canvas, canvasElement }) {
    const panel = panelOf(canvasElement);
    await waitFor(() => expect(canvas.getByText('entry 0')).toBeVisible());
    await expect(nodesIn(canvasElement)).toBeLessThan(150);
    await userEvent.click(canvas.getByRole('button', { name: 'Go' }));
    const at = (): number =>
      canvas.getByRole('button', { name: 'entry 15000' }).getBoundingClientRect().top -
      panel.getBoundingClientRect().top;
    await waitFor(() => expect(Math.abs(at())).toBeLessThan(3));
    await expect(canvas.getByRole('button', { name: 'entry 15000' }).closest('[role="listitem"]')).toHaveAttribute(
      'aria-posinset',
      '15001',
    );
    // Tab goes on from entry to entry, past what was there.
    canvas.getByRole('button', { name: 'entry 15000' }).focus();
    for (let step = 0; step < 25; step += 1) {
      await userEvent.tab();
      await frames(1);
    }
    await expect(document.activeElement).toHaveTextContent('entry 15025');
    // What has the focus stays, wherever the list is scrolled.
    panel.scrollTop = 0;
    await frames(4);
    await expect(document.activeElement).toHaveTextContent('entry 15025');
    panel.scrollTop = panel.scrollHeight;
    await waitFor(() => expect(canvas.getByText('behind it')).toBeVisible());
    await waitFor(() => expect(canvas.getByText('entry 19999')).toBeVisible());
    await expect(nodesIn(canvasElement)).toBeLessThan(150);
  },
};

/** A fold draws nothing while it is closed, and one with a name stays as it is from span to span. */
export const Folds: Story = {
  render: function Render() {
    const [span, setSpan] = useState(1);
    return (
      <Details>
        <button type="button" onClick={() => setSpan(span + 1)}>
          Next span
        </button>
        <Fold key={`a${span}`} kept="system" summary="System">
          instructions of span {span}
        </Fold>
        <Fold key={`b${span}`} summary="Other">
          more of span {span}
        </Fold>
      </Details>
    );
  },
  async play({ canvas }) {
    await expect(canvas.queryByText('instructions of span 1')).toBeNull();
    await userEvent.click(canvas.getByText('System'));
    await userEvent.click(canvas.getByText('Other'));
    await expect(await canvas.findByText('instructions of span 1')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Next span' }));
    await expect(await canvas.findByText('instructions of span 2')).toBeVisible();
    await expect(canvas.queryByText('more of span 2')).toBeNull();
  },
};
