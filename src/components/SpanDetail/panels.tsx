import type { Labels } from '../../labels.ts';
import type { Panel } from '../types.ts';
import { AttributeTables } from './panels/AttributeTable.tsx';
import { Events } from './panels/Events.tsx';
import { InputOutput } from './panels/InputOutput.tsx';
import { Value } from './panels/LongText.tsx';
import { Links } from './panels/Links.tsx';
import { Messages } from './panels/Messages.tsx';
import { Scores } from './panels/Scores.tsx';

/**
 * All panels: those of the host, then ours. One of the host with the id of one of ours stands in its place; of several
 * with one id the first counts.
 */
export function panelsOf(host: readonly Panel[] | undefined, labels: Labels): readonly Panel[] {
  const own = builtInPanels(labels);
  const ours = new Set(own.map(({ id }) => id));
  const theirs = new Map<string, Panel>();
  for (const panel of host ?? []) if (!theirs.has(panel.id)) theirs.set(panel.id, panel);
  return [
    ...[...theirs.values()].filter(({ id }) => !ours.has(id)),
    ...own.map((panel) => theirs.get(panel.id) ?? panel),
  ];
}

/** The panels every viewer has, in the order in which they are offered: the first that fits a span is shown first. */
export const builtInPanels = (labels: Labels): readonly Panel[] => [
  {
    id: 'messages',
    title: labels.messages,
    match: (_, { messages }) => messages !== null,
    count: (_, { messages }) => (messages ? messages.input.length + messages.output.length : null),
    render: (_, content) => <Messages content={content} />,
  },
  {
    id: 'io',
    title: labels.inputOutput,
    match: (_, { input, output, tool, documents, promptTemplate, embeddings }) =>
      Boolean(input ?? output ?? tool ?? documents ?? promptTemplate) || embeddings.length > 0,
    render: (span, content) => <InputOutput span={span} content={content} />,
  },
  {
    id: 'scores',
    title: labels.scores,
    match: (_, { scores }) => scores.length > 0,
    count: (_, { scores }) => scores.length,
    render: (_, { scores }) => <Scores scores={scores} />,
  },
  {
    id: 'attributes',
    title: labels.attributes,
    match: () => true,
    count: (_, { attributes }) => attributes.size,
    render: (span, content) => <AttributeTables span={span} content={content} />,
  },
  {
    id: 'events',
    title: labels.events,
    match: (_, { events }) => events.length > 0,
    count: (_, { events }) => events.length,
    render: (span, content) => <Events span={span} content={content} />,
  },
  {
    id: 'links',
    title: labels.links,
    match: (_, { links }) => links.length > 0,
    count: (_, { links }) => links.length,
    render: (_, { links }) => <Links links={links} />,
  },
  {
    id: 'raw',
    title: labels.raw,
    match: () => true,
    render: (_, { raw }) => raw.map((record, place) => <Value key={place} value={record} />),
  },
];
