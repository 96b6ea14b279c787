import { describe, expect, it } from 'vitest';
import { templateParts } from '../../../src/analysis/values/templateParts.ts';

const places = (template: string, variables: Readonly<Record<string, unknown>> = {}): readonly string[] =>
  templateParts(template, variables).parts.flatMap((part) =>
    part.type === 'variable' ? [`${part.filled ? '+' : '-'}${part.name}`] : [],
  );

describe('places of a template', () => {
  it('are those of Mustache, of template strings and of Python, filled where a value is recorded', () => {
    expect(places('Hi {{ name }}, {{{raw}}} of ${city}, {plan}.', { name: 'Jo', raw: 'x', plan: '' })).toEqual([
      '+name',
      '+raw',
      '-city',
      '-plan',
    ]);
    expect(places('{{user.name}} {{user}}', { user: { name: 'Jo' } })).toEqual(['+user.name', '+user']);
  });

  it('are not what JSON and code have in braces', () =>
    expect(places('Answer as {"intent": "x", "needs": [1]} or { return }.')).toEqual([]));

  it('give the template back, piece by piece, and name variables without a place', () => {
    const template = 'a {x} b {{y}} c';
    const { parts, unused } = templateParts(template, { x: 1, z: 2, constructor: 3 });
    expect(parts.map((part) => (part.type === 'text' ? part.text : part.written)).join('')).toBe(template);
    for (const part of parts)
      expect(template.startsWith(part.type === 'text' ? part.text : part.written, part.from)).toBe(true);
    expect(unused).toEqual(['z', 'constructor']);
    expect(places('{constructor} {toString}')).toEqual(['-constructor', '-toString']);
  });

  it('are read in time that grows with the template', () =>
    expect(templateParts('{{'.repeat(100_000), {}).parts.length).toBe(1));
});
