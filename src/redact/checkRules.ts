import { TraceInputError } from '../model/diagnostics.ts';
import type { RedactRule } from './types.ts';

/** Whether the host gave masking rules; what is no list is none that may be passed over. */
export const hasRules = (redact: unknown): boolean =>
  redact !== undefined && redact !== null && !(Array.isArray(redact) && redact.length === 0);

/**
 * Throws `TraceInputError` (`bad-rule`), which names the rule, where one cannot do what it is there for: a rule that is
 * wrong must not be a rule that masks nothing.
 */
export function checkRules(rules: unknown): asserts rules is readonly RedactRule[] {
  if (!Array.isArray(rules)) throw badRule('redact has to be a list of rules.');
  // `forEach` would pass over holes.
  for (let at = 0; at < rules.length; at += 1) checkRule(rules[at], at + 1);
}

function checkRule(rule: unknown, place: number): void {
  if (rule === null || typeof rule !== 'object') {
    const found = rule === null || rule === undefined ? String(rule) : `a ${typeof rule}`;
    throw badRule(`rule ${place} of redact is ${found}, not { name, key, value }.`);
  }
  const { name, key, value } = rule as Readonly<Record<string, unknown>>;
  const which = typeof name === 'string' && name !== '' ? `the rule “${name}”` : `rule ${place} of redact`;
  if (isGiven(key) && !isExpression(key))
    throw badRule(`key of ${which} has to be a regular expression, not a ${typeof key}.`);
  if (isGiven(value) && !isExpression(value) && typeof value !== 'function')
    throw badRule(`value of ${which} has to be a regular expression or a function, not a ${typeof value}.`);
  if (!isGiven(key) && !isGiven(value)) throw badRule(`${which} has neither key nor value, so it would mask nothing.`);
}

const isGiven = (part: unknown): boolean => part !== undefined && part !== null;

/** Also one that comes from another frame of the page. */
const isExpression = (part: unknown): boolean => Object.prototype.toString.call(part) === '[object RegExp]';

const badRule = (what: string): TraceInputError =>
  new TraceInputError('bad-rule', `Nothing was read, because a masking rule is wrong: ${what}`);
