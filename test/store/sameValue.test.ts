import { expect, it } from 'vitest';
import { sameValue } from '../../src/store/sameValue.ts';

it.each([
  [null, null, true],
  [[0, 1], [0, 1], true],
  [Number.NaN, Number.NaN, true],
  [{ base: 'all', except: ['a'] }, { base: 'all', except: ['a'] }, true],
  [[], [], true],
  [null, [0, 1], false],
  [[0, 1], [0, 2], false],
  [[0], [0, 1], false],
  [{ base: 'all', except: ['a'] }, { base: 'all', except: ['b'] }, false],
  [{ id: 'a' }, { id: 'a', descending: true }, false],
  [[], {}, false],
  [{ a: undefined }, { b: undefined }, false],
])('%j and %j', (a, b, same) => expect([sameValue(a, b), sameValue(b, a)]).toEqual([same, same]));
