import type { Labels } from '../../labels.ts';
import { inSlot } from '../parts/Slot.tsx';
import type { Panel } from '../types.ts';
import { Conversation } from './panels/conversation/Conversation.tsx';
import { Value } from './values/Value.tsx';
import { AttributeTables } from './panels/record/AttributeTables.tsx';
import { Events } from './panels/record/Events.tsx';
import { Links } from './panels/record/Links.tsx';
import { Scores, scoresOf } from './panels/record/Scores.tsx';
import { TracePanel } from './panels/record/TracePanel.tsx';
import { ChildSteps } from './panels/steps/ChildSteps.tsx';
import { hasStep, StepPanel } from './panels/steps/StepPanel.tsx';

/** Kinds that group other steps: what these are comes first. */
const GROUPS: ReadonlySet<string> = new Set(['agent', 'chain']);

/**
 * All panels: those of the host, then ours. One of the host with the id of one of ours stands in its place; of several
 * with one id the first counts.
 */
export function panelsOf(host: readonly Panel[] | undefined, labels: Labels): readonly Panel[] {
  const own = builtInPanels(labels);
  const ours = new Set(own.map(({ id }) => id));
  const theirs = new Map<string, Panel>();
  for (const panel of host ?? []) if (!theirs.has(panel.id)) theirs.set(panel.id, slotted(panel));
  return [
    ...[...theirs.values()].filter(({ id }) => !ours.has(id)),
    ...own.map((panel) => theirs.get(panel.id) ?? panel),
  ];
}

const slotted = (panel: Panel): Panel => ({
  id: panel.id,
  title: panel.title,
  match: (span, content) => panel.match(span, content),
  render: (span, content) => inSlot(panel.render(span, content)),
  ...(panel.texts ? { texts: (span, content) => panel.texts!(span, content) } : {}),
  ...(panel.count ? { count: (span, content) => panel.count!(span, content) } : {}),
});

/** The panels every viewer has, in the order in which they are offered: the first that fits a span is shown first. */
export const builtInPanels = (labels: Labels): readonly Panel[] => [
  {
    id: 'steps',
    title: labels.steps,
    match: ({ kind, childCount }) => GROUPS.has(kind) && childCount > 0,
    count: ({ childCount }) => childCount,
    render: (span, content) => <ChildSteps span={span} content={content} />,
  },
  {
    id: 'messages',
    title: labels.messages,
    match: (_, { messages }) => messages !== null,
    count: (_, { messages }) => (messages ? messages.input.length + messages.output.length : null),
    render: (span, content) => <Conversation span={span} content={content} />,
  },
  {
    id: 'io',
    title: labels.inputOutput,
    match: hasStep,
    render: (span, content) => <StepPanel span={span} content={content} />,
  },
  {
    id: 'trace',
    title: labels.trace,
    // Not of one whose parent may come: the panel would go away under the reader. The first stands for the trace.
    match: ({ parent, parentSpanId, index }) => parent === null && (parentSpanId === null || index === 0),
    render: (span, content) => <TracePanel span={span} content={content} />,
  },
  {
    id: 'scores',
    title: labels.scores,
    match: (span, { scores }) => span.scores.length + scores.length > 0,
    count: (span, { scores }) => scoresOf(span, scores).length,
    render: (span, { scores }) => <Scores scores={scoresOf(span, scores)} />,
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
    render: (_, { raw }) =>
      raw
        .slice(0, RECORDS_AT_MOST)
        .map((record, place) => <Value key={place} value={record} field="record" id={`raw[${place}]`} lines={400} />),
  },
];

/** A span that came in more parts is shown by its first ones. */
const RECORDS_AT_MOST = 50;
