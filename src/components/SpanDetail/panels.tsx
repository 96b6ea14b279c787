import type { Labels } from '../../labels.ts';
import type { Panel } from '../types.ts';
import { AttributeTables } from './AttributeTable.tsx';
import { Events } from './Events.tsx';
import { InputOutput } from './InputOutput.tsx';
import { Value } from './LongText.tsx';
import { Messages } from './Messages.tsx';

/** The panels every viewer has, in the order in which they are offered: the first that fits a span is shown first. */
export const builtInPanels = (labels: Labels): readonly Panel[] => [
  {
    id: 'messages', title: labels.messages,
    match: (_, { messages }) => messages !== null,
    count: (_, { messages }) => (messages ? messages.input.length + messages.output.length : null),
    render: (_, content) => <Messages content={content} />,
  },
  {
    id: 'io', title: labels.inputOutput,
    match: (_, { input, output, tool, documents, promptTemplate, embeddings, scores }) => Boolean(input ?? output ?? tool ?? documents ?? promptTemplate) || embeddings.length > 0 || scores.length > 0,
    render: (span, content) => <InputOutput span={span} content={content} />,
  },
  {
    id: 'attributes', title: labels.attributes,
    match: () => true,
    count: (_, { attributes }) => attributes.size,
    render: (span, content) => <AttributeTables span={span} content={content} />,
  },
  {
    id: 'events', title: labels.events,
    match: (_, { events }) => events.length > 0,
    count: (_, { events }) => events.length,
    render: (span, content) => <Events span={span} content={content} />,
  },
  {
    id: 'raw', title: labels.raw,
    match: () => true,
    render: (_, { raw }) => raw.map((record, place) => <Value key={place} value={record} />),
  },
];
