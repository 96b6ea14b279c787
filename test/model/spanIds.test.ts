import { expect, it } from 'vitest';
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
