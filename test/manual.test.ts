import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeParts } from '../.storybook/describeParts.ts';

const manual = new URL('../stories/manual/', import.meta.url);
const described = describeParts();
const parts = described.filter(({ props }) => props !== null);

describe('the manual', () => {
  test('has a page for every public component, and no other', () => {
    const pages = readdirSync(new URL('parts/', manual))
      .filter((file) => file.endsWith('.stories.tsx'))
      .map((file) => {
        const source = readFileSync(new URL(`parts/${file}`, manual), 'utf8');
        const component = /component: (\w+),$/m.exec(source)?.[1];
        expect(source).toContain(`title: 'Parts/${component}'`);
        return component;
      });
    expect(pages.sort()).toEqual(parts.map(({ name }) => name).sort());
    expect(pages.length).toBeGreaterThan(12);
  });

  test('says of every component and hook what it is for', () => {
    expect(described.filter(({ description }) => description === '').map(({ name }) => name)).toEqual([]);
  });

  test('says of every prop what it is', () => {
    const silent = parts.flatMap(({ name, props }) =>
      props!.filter(({ description }) => /^(Also|$)/.test(description)).map((prop) => `${name}.${prop.name}`),
    );
    expect(silent).toEqual([]);
  });
});
