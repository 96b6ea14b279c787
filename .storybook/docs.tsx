import { ArgTypes, Description, Heading, Markdown, Primary, Title, useOf } from '@storybook/addon-docs/blocks';
import type { ArgTypes as Args } from 'storybook/internal/types';
import described from 'virtual:described-parts';
import * as spanwise from '../src/index.ts';
import type { DescribedExport, DescribedProp } from './describeParts.ts';

/** By the component itself: names do not survive a minifier. */
const byComponent = new Map<unknown, DescribedExport>(
  described.map((each) => [(spanwise as Readonly<Record<string, unknown>>)[each.name], each]),
);

/** What is said of a component is what its source says. */
export const extractComponentDescription = (component: unknown): string =>
  byComponent.get(component)?.description ?? '';

export const extractArgTypes = (component: unknown): Args =>
  Object.fromEntries((byComponent.get(component)?.props ?? []).map((prop) => [prop.name, argType(prop)]));

const argType = ({ name, type, required, description, default: byDefault }: DescribedProp): Args[string] => ({
  name,
  description,
  type: { name: 'other', value: type, required },
  table: { type: { summary: type }, ...(byDefault === null ? {} : { defaultValue: { summary: byDefault } }) },
  ...controlOf(type),
});

/** Something to press where there are few choices. */
function controlOf(type: string): Args[string] {
  if (type === 'boolean') return { control: 'boolean' };
  return /^"[^"]*"( \| "[^"]*")+$/.test(type)
    ? { control: 'select', options: type.split(' | ').map((each) => each.slice(1, -1)) }
    : { control: false };
}

/** Keys of a part, as `parameters.keys`: `[['↑ ↓', 'rows'], …]`. */
export function Keys({ list }: { readonly list: readonly (readonly [keys: string, effect: string])[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th>Key</th>
          <th>Effect</th>
        </tr>
      </thead>
      <tbody>
        {list.map(([keys, effect]) => (
          <tr key={keys}>
            <td>
              {keys.split(' ').map((key) => (
                <kbd key={key} style={{ marginInlineEnd: 4 }}>
                  {key}
                </kbd>
              ))}
            </td>
            <td>{effect}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The page of a part: what it is for, the part on a recorded trace, its props, its keys. */
export function PartPage() {
  const { preparedMeta } = useOf('meta', ['meta']);
  const keys = preparedMeta.parameters['keys'] as Parameters<typeof Keys>[0]['list'] | undefined;
  return (
    <>
      <Title />
      <Description />
      <Primary />
      <Heading>Props</Heading>
      <ArgTypes />
      {keys ? (
        <>
          <Heading>Keys</Heading>
          <Keys list={keys} />
        </>
      ) : null}
    </>
  );
}

/** Every part and hook, with its docstring. */
export function ListOfParts() {
  return (
    <table>
      <tbody>
        {described
          .filter(({ props, name }) => props !== null || name.startsWith('use'))
          .sort((a, b) => Number(a.props === null) - Number(b.props === null) || a.name.localeCompare(b.name))
          .map(({ name, description, props }) => (
            <tr key={name}>
              <td>{props === null ? <code>{name}</code> : <a href={pageOf(name)}>{name}</a>}</td>
              <td>
                <Markdown>{description}</Markdown>
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

const pageOf = (name: string): string => `?path=/docs/parts-${name.toLowerCase()}--docs`;
