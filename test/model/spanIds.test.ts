import { expect, it } from 'vitest';
import { createIdLookUp } from '../../src/model/build/idLookUp.ts';
import { PackedIds } from '../../src/model/build/spanIds.ts';

it('ids of any form come back as they were', () => {
  const ids = [
    'eee19b7ec3c1b174',
    '0000000000000001',
    'ffffffffffffffff',
    '',
    'EEE19B7EC3C1B174',
    'abc',
    'no-id-x',
    '0'.repeat(17),
  ];
  const packed = new PackedIds(ids.length);
  for (const [at, id] of ids.entries()) packed.set(at, id);
  expect(Array.from(ids, (_, at) => packed.at(at))).toEqual(ids);
  expect(packed.length).toBe(ids.length);
});

it('an id leads to the first span that has it, at every look-up', () => {
  const ids = [
    '00000000000000aa',
    'abc',
    'ffffffffffffffff',
    '',
    '00000000000000aa',
    'abc',
    '0000000000000000',
    'abc#2',
  ];
  const many = [...ids, ...Array.from({ length: 500 }, (_, at) => (at * 7919).toString(16).padStart(16, 'f'))];
  const packed = new PackedIds(many.length);
  for (const [at, id] of many.entries()) packed.set(at, id);
  const indexOf = createIdLookUp(packed);
  const asked = [...ids, ...many, ...many.toReversed(), 'nobody', 'eeeeeeeeeeeeeeee'];
  expect(asked.map((id) => indexOf(id))).toEqual(asked.map((id) => many.indexOf(id)));
  expect(createIdLookUp(new PackedIds(0))('0000000000000000')).toBe(-1);
});

it('many ids are looked up bit by bit, and give the same', () => {
  const count = 100_000;
  const packed = new PackedIds(count);
  // Each id has a second span further on.
  const id = (at: number): string => (at % (count / 2)).toString(16).padStart(16, '0');
  for (let at = 0; at < count; at += 1) packed.set(at, id(at));
  const indexOf = createIdLookUp(packed);
  for (let asked = 0; asked < 30; asked += 1) {
    const at = (asked * 7919 + (asked % 2) * (count / 2)) % count;
    expect(indexOf(id(at))).toBe(at % (count / 2));
    expect(indexOf(`ffffffff0000000${(asked % 16).toString(16)}`)).toBe(-1);
  }
});
