/** Finds the tokens that occur exactly once on either side. */
export interface TokenTable {
  addA(token: number, node: number): void;
  /** Only after all of a: whether a has it; what it does not have is not kept. */
  addB(token: number, node: number): boolean;
  /** The nodes that share a token nobody else has; yields between stretches of the table. */
  each(visit: (a: number, b: number) => void): Generator<undefined, void>;
}

const FREE = 0;
/** Nodes count from 1. A token twice in one node is still of that node. */
const MANY = -1;
const SLOTS_AT_ONCE = 1 << 15;

/**
 * Open addressing in one array, three numbers a slot: token, node of a, node of b. `tokens` = at most how many are
 * added.
 */
export function createTokenTable(tokens: number): TokenTable {
  let bits = 4;
  while (1 << bits < tokens) bits += 1;
  const mask = (1 << bits) - 1;
  const slots = new Int32Array(3 * (mask + 1));
  const find = (token: number): number => {
    let slot = (Math.imul(token, 0x9e3779b1) >>> (32 - bits)) & mask;
    while (slots[slot * 3 + 1] !== FREE && slots[slot * 3] !== token) slot = (slot + 1) & mask;
    return slot * 3;
  };
  return {
    addA(token, node) {
      const slot = find(token);
      slots[slot] = token;
      slots[slot + 1] = slots[slot + 1] === FREE || slots[slot + 1] === node ? node : MANY;
    },
    addB(token, node) {
      const slot = find(token);
      if (slots[slot + 1] === FREE) return false;
      slots[slot + 2] = slots[slot + 2] === FREE || slots[slot + 2] === node ? node : MANY;
      return true;
    },
    *each(visit) {
      for (let slot = 0; slot < slots.length; slot += 3) {
        if (slots[slot + 1]! > 0 && slots[slot + 2]! > 0) visit(slots[slot + 1]!, slots[slot + 2]!);
        if (slot % (3 * SLOTS_AT_ONCE) === 0) yield;
      }
    },
  };
}
