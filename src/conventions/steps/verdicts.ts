import { textOf } from '../../model/attributes.ts';
import type { Score, Span, SpanContent } from '../../model/types.ts';
import { jsonObject } from '../json.ts';
import { ownValue } from '../../model/ownValue.ts';
import { flattenedList } from '../flattened.ts';

export type Outcome = 'passed' | 'failed' | null;

/** One rule that was looked at. */
export interface Check {
  readonly name: string;
  readonly outcome: Outcome;
  readonly detail: string | null;
}

/** A score with what it was held against. */
export interface Judgement {
  readonly name: string;
  readonly value: number | null;
  readonly label: string | null;
  readonly comment: string | null;
  readonly source: Score['source'];
  /** Null where nobody says one. */
  readonly threshold: number | null;
}

/** What a guardrail or an evaluator found. */
export interface Verdicts {
  readonly outcome: Outcome;
  /** What was done: `redact`, `block`, `allow`. */
  readonly action: string | null;
  readonly reason: string | null;
  readonly checks: readonly Check[];
  readonly scores: readonly Judgement[];
  /** Policy, version, counts: attributes under `guardrail.` and what else the answer says in words. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Words under which programs say that all is well, and that it is not. */
const GOOD = ['passed', 'pass', 'allowed', 'valid', 'safe', 'success', 'is_valid', 'isValid', 'is_safe', 'compliant'];
const BAD = [
  'flagged',
  'blocked',
  'violation',
  'violated',
  'tripwire_triggered',
  'tripwireTriggered',
  'failed',
  'unsafe',
];
const ACTION = ['action', 'decision', 'verdict'];
const REASON = ['reason', 'explanation', 'rationale', 'message', 'comment', 'reasoning'];
const LISTS = [
  'checks',
  'rules',
  'results',
  'assertions',
  'validations',
  'violations',
  'categories',
  'policies',
  'verdicts',
];
const NAME = ['name', 'rule', 'check', 'policy', 'id', 'category', 'type', 'validator'];
const PASSED_WORDS = /^(?:pass(?:ed)?|ok|allow(?:ed)?|valid|safe|true|yes|success)$/i;
const FAILED_WORDS =
  /^(?:fail(?:ed|ure)?|block(?:ed)?|den(?:y|ied)|reject(?:ed)?|invalid|unsafe|false|no|violation|flagged|error)$/i;
/** More rules than a reader goes through; the answer as it was recorded has them all. */
const CHECKS_AT_MOST = 200;

/** What the answer, the attributes and the scores of a step say of a verdict; fields that nobody tells are empty. */
export function verdictsOf(span: Pick<Span, 'scores'>, content: SpanContent): Verdicts {
  const answer = jsonObject(content.output?.text) ?? {};
  const guard = new Map<string, unknown>();
  for (const [key, value] of content.attributes) {
    const name = /^(?:guardrail|guardrails|gen_ai\.guardrail)\.(.+)$/.exec(key)?.[1];
    if (name !== undefined) guard.set(name, value);
  }
  const checks = checksIn(answer);
  return {
    outcome: outcomeOf(answer) ?? outcomeOf(Object.fromEntries(guard)) ?? outcomeOfAll(checks),
    action: wordIn(answer, ACTION) ?? textOf(guard.get('action') as string),
    reason: wordIn(answer, REASON),
    checks,
    scores: judgements(span, content, answer),
    facts: Array.from(guard)
      .filter(([name]) => name !== 'action' && !GOOD.includes(name))
      .flatMap(([name, value]) => {
        const text = textOf(value as string);
        return text === null ? [] : [[name, text] as const];
      }),
  };
}

function wordIn(fields: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const value = ownValue(fields, name);
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

function outcomeOf(fields: Fields): Outcome {
  for (const name of GOOD) {
    const found = yesOrNo(ownValue(fields, name));
    if (found !== null) return found ? 'passed' : 'failed';
  }
  for (const name of BAD) {
    const found = yesOrNo(ownValue(fields, name));
    if (found !== null) return found ? 'failed' : 'passed';
  }
  for (const name of ['status', 'result', 'outcome', 'verdict']) {
    const word = ownValue(fields, name);
    if (typeof word !== 'string') continue;
    if (PASSED_WORDS.test(word)) return 'passed';
    if (FAILED_WORDS.test(word)) return 'failed';
  }
  return null;
}

function yesOrNo(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : null;
}

const outcomeOfAll = (checks: readonly Check[]): Outcome => {
  if (checks.some(({ outcome }) => outcome === 'failed')) return 'failed';
  return checks.length > 0 && checks.every(({ outcome }) => outcome === 'passed') ? 'passed' : null;
};

function checksIn(answer: Fields): readonly Check[] {
  for (const name of LISTS) {
    const list = ownValue(answer, name);
    if (Array.isArray(list)) {
      const found = list.slice(0, CHECKS_AT_MOST).flatMap((each: unknown) => checkOf(each, name === 'violations'));
      if (found.length > 0) return found;
    } else if (list !== null && typeof list === 'object') {
      // Moderation tells categories of harm: true is bad there, as everywhere else it is good.
      const found = Object.entries(list as Fields)
        .slice(0, CHECKS_AT_MOST)
        .flatMap(([rule, value]): readonly Check[] => {
          const told = yesOrNo(value);
          if (told === null)
            return value !== null && typeof value === 'object' ? checkOf({ name: rule, ...value }) : [];
          return [{ name: rule, outcome: told === (name !== 'categories') ? 'passed' : 'failed', detail: null }];
        });
      if (found.length > 0) return found;
    }
  }
  return [];
}

function checkOf(each: unknown, violation = false): readonly Check[] {
  if (typeof each === 'string') return [{ name: each, outcome: violation ? 'failed' : null, detail: null }];
  if (each === null || typeof each !== 'object' || Array.isArray(each)) return [];
  const fields = each as Fields;
  const name = wordIn(fields, NAME);
  if (name === null) return [];
  return [{ name, outcome: violation ? 'failed' : outcomeOf(fields), detail: wordIn(fields, [...REASON, 'detail']) }];
}

function judgements(span: Pick<Span, 'scores'>, content: SpanContent, answer: Fields): readonly Judgement[] {
  const threshold = thresholdIn(content, answer);
  const found = new Map<string, Judgement>();
  for (const { name, value, label, comment, source, metadata } of [...span.scores, ...content.scores]) {
    const own = numberOf(ownValue(jsonObject(metadata) ?? {}, 'threshold'));
    const id = JSON.stringify([name, value, label]);
    if (!found.has(id)) found.set(id, { name, value, label, comment, source, threshold: own ?? threshold });
  }
  for (const item of flattenedList(content.attributes, 'evaluations')) {
    const name = textOf(item.get('evaluation.name')) ?? '';
    const value = numberOf(item.get('evaluation.score'));
    const label = textOf(item.get('evaluation.label'));
    const id = JSON.stringify([name, value, label]);
    if ((value === null && label === null) || found.has(id)) continue;
    const kind = textOf(item.get('evaluation.annotator_kind'))?.toLowerCase();
    found.set(id, {
      name,
      value,
      label,
      comment: textOf(item.get('evaluation.explanation')),
      source: kind === 'llm' || kind === 'human' || kind === 'code' ? kind : 'unknown',
      threshold: numberOf(item.get('evaluation.threshold')) ?? threshold,
    });
  }
  const value = numberOf(ownValue(answer, 'score'));
  if (found.size === 0 && value !== null)
    found.set('', {
      name: wordIn(answer, ['name', 'metric', 'key']) ?? '',
      value,
      label: wordIn(answer, ['label']),
      comment: null,
      source: 'unknown',
      threshold,
    });
  return [...found.values()];
}

function thresholdIn({ attributes, parameters }: SpanContent, answer: Fields): number | null {
  for (const [key, value] of attributes)
    if (/(?:^|[._])threshold$/.test(key) && numberOf(value) !== null) return numberOf(value);
  return numberOf(ownValue(answer, 'threshold')) ?? numberOf(ownValue(parameters, 'threshold'));
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
