import { redactors, type RedactRule } from '../../src/core.ts';
import { placesIn } from './mutate.ts';
import type { Random } from './random.ts';

/** What was put into documents, and must not come out: none of it is a word, and none is short. */
export const PASSWORD = 'hunter2-xyz"q\\w';
export const SECRETS = [
  'jo.martens@secret.example',
  PASSWORD,
  '+49 30 98765432',
  'sk-proj-Zq9Wx8Vy7Ut6Sr5Qp4On3',
] as const;
/** Pieces that no masked text may hold. */
export const SECRET_PARTS = ['secret.example', 'hunter2', '98765432', 'Zq9Wx8Vy7'] as const;
export const RULES: readonly RedactRule[] = [...Object.values(redactors), { name: 'password', key: /^password$/ }];

/** Ways to say a text that are still read as that text. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text,
  (text) => `see ${text}, ok`,
  (text) => JSON.stringify({ note: text, n: 1 }),
  (text) => JSON.stringify([JSON.stringify({ note: [text] })]),
  (text) => `https://x.test/?q=${encodeURIComponent(text)}&r=1`,
  (text) => `{"cut": ["${JSON.stringify(text).slice(1, -1)}", "and so`,
];

/**
 * Whether no secret is left in part only, in whatever spelling: what broke one in the middle left nothing that a rule
 * could know.
 */
export function holdsWhole(text: string, secret: string, secretPart: string): boolean {
  const inJson = (each: string): string => JSON.stringify(each).slice(1, -1);
  const written = [
    secret,
    inJson(secret),
    inJson(inJson(secret)),
    inJson(inJson(inJson(secret))),
    inJson(inJson(inJson(inJson(secret)))),
    encodeURIComponent(secret),
  ];
  // The longest first, as the shorter ones are in them.
  return !written
    .toReversed()
    .reduce((rest, each) => rest.replaceAll(each, ''), text)
    .includes(secretPart);
}

/**
 * Puts secrets into texts and keys of documents: once under the key that gives the password away, and anywhere else.
 */
export function plantSecrets(documents: unknown[], random: Random): void {
  const holders = placesIn(documents).flatMap(({ holder, key }) => {
    const value: unknown = (holder as Record<string | number, unknown>)[key];
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? [value as Record<string, unknown>]
      : [];
  });
  const texts = placesIn(documents).filter(
    ({ holder, key }) =>
      Object.hasOwn(holder, key) && typeof (holder as Record<string | number, unknown>)[key] === 'string',
  );
  if (holders.length > 0) random.pick(holders)['password'] = PASSWORD;
  for (let left = 6; left > 0; left -= 1) {
    // Without its key, nobody can know what a password is.
    const secret = random.pick(holders.length > 0 ? SECRETS : SECRETS.filter((each) => each !== PASSWORD));
    if (texts.length > 0) {
      const { holder, key } = random.pick(texts);
      (holder as Record<string | number, unknown>)[key] = random.pick(SPELLINGS)(secret);
    }
    if (holders.length > 0 && random.chance(0.3))
      random.pick(holders)[random.chance(0.5) ? secret : `x ${secret} y`] = random.pick([secret, 1, [secret]]);
  }
}
