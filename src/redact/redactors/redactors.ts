import { findApiKeys } from './findApiKeys.ts';
import { findCards } from './findCards.ts';
import { findEmails } from './findEmails.ts';
import { findIps } from './findIps.ts';
import { findJwts } from './findJwts.ts';
import { findPhones } from './findPhones.ts';
import type { RedactRule } from '../types.ts';

/**
 * Rules for what is known by its looks. None of them looks at keys, and all take time in proportion to the text,
 * whatever is in it. They leave ids, hashes, times, dates, versions, prices and names of models alone. Base64 is
 * searched like any text: all six together take 7 ns for a character of it, and what is not passed over can hide
 * nothing.
 *
 * - `email`: addresses with a domain that has a dot.
 * - `phone`: with a country code (`+49 30 123456`), or written in groups as in North America (`(415) 555-2671`) or
 * behind a 0 (`030 1234567`).
 *   Not what has a unit behind it (`250-300-4000 ms`).
 * - `card`: 13 to 19 digits, in groups or not, that begin like a payment card's and have its check digit.
 * - `apiKey`: keys of model providers, clouds and tools by their prefixes, what follows `Bearer` and `Basic`, passwords
 * in addresses
 *   (`postgres://user:password@host`), private keys in PEM.
 * - `jwt`: signed and encrypted JSON web tokens.
 * - `ip`: addresses of version 4 and 6.
 */
export const redactors: Readonly<Record<'email' | 'phone' | 'card' | 'apiKey' | 'jwt' | 'ip', RedactRule>> = {
  email: { name: 'email', value: findEmails },
  phone: { name: 'phone', value: findPhones },
  card: { name: 'card', value: findCards },
  apiKey: { name: 'apiKey', value: findApiKeys },
  jwt: { name: 'jwt', value: findJwts },
  ip: { name: 'ip', value: findIps },
};

/** Functions that find the same in a text as in a longer one around it. */
export const READY: ReadonlySet<unknown> = new Set(Object.values(redactors).map(({ value }) => value));
