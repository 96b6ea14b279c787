/** Numbers and text that look real, the same in every run for the same seed. */

const SENTENCES = [
  'The customer was charged twice for the October invoice and asks for one of the payments to be returned.',
  'According to the policy of March, refunds below fifty dollars need no second approval.',
  'I looked up the order and found two captures with the same reference, eleven seconds apart.',
  'Please answer in the language of the customer and never repeat card numbers.',
  'The warehouse in Rotterdam confirmed the parcel; tracking shows it left on Tuesday.',
  'No further action is needed, but the account should be watched for thirty days.',
  'The search returned eight passages, of which three mention the duplicate charge.',
  'If the tool fails twice, hand the conversation over to a person and say so.',
];

/** mulberry32 (Tommy Ettinger, public domain): numbers 0 … 1 from a 32-bit seed. */
export function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from, to) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    /** A whole number, both ends included. */
    between,
    chance: (share) => next() < share,
    pick: (list) => list[Math.floor(next() * list.length)],
    hex: (digits) =>
      Array.from({ length: digits / 8 }, () =>
        Math.floor(next() * 4_294_967_296)
          .toString(16)
          .padStart(8, '0'),
      ).join(''),
    text: (sentences) =>
      Array.from({ length: sentences }, () => SENTENCES[Math.floor(next() * SENTENCES.length)]).join(' '),
  };
}

/** A plain map as OTLP's list of attributes, with the number forms of the JavaScript exporter. */
export const attributes = (map) => Object.entries(map).map(([key, value]) => ({ key, value: anyValue(value) }));

function anyValue(value) {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: value } : { doubleValue: value };
  return { arrayValue: { values: value.map(anyValue) } };
}
