import { SHORTEST, type Recurs } from './secretIndex.ts';

/**
 * Words that stand for no value, those that JSON Schema has for types, and those by which formats name roles, kinds,
 * states and parts of messages: under a key they are masked, elsewhere they are words.
 */
const NO_VALUE = new RegExp(
  `^(?:${[
    'true|false|null|none|undefined|nan|unknown|string|number|integer|boolean|object|array|yes|no|on|off|default',
    'user|assistant|system|tool|developer|function|human|model|ai|critic|observer|text|content|message|messages|role|type|name|value|input|output|image|image_url|audio|video|file|document|media|json|json_object|json_schema|reasoning|thinking|tool_call|tool_calls|tool_use|tool_result|function_call|refusal',
    'llm|chain|agent|retriever|embedding|reranker|guardrail|evaluator|prompt|parser|workflow|task|generation|span|event|score|trace|session|numeric|categorical|correction|annotation|api|eval|code',
    'ok|error|unset|running|pending|success|failure|failed|completed|incomplete|warning|info|debug|stop|length|end_turn|internal|server|client|producer|consumer|unspecified',
  ].join('|')})$`,
  'i',
);

/** One word of letters alone: it is in other words too, and what formats call their fields. */
export const isPlainWord = (text: string): boolean => /^\p{L}+$/u.test(text);

/** Whether what a text was cut to can be told from a word that merely begins like a secret. */
export const isTellingPart = (text: string): boolean =>
  text.length >= 6 && !NO_VALUE.test(text) && /[\p{L}\p{N}]/u.test(text) && !(text.length < 10 && isPlainWord(text));

/**
 * Where else a secret is masked than where a rule finds it. Under 4 characters, or without a letter or digit: nowhere,
 * too much would go with it. Of 4 or 5, and numbers of under 6 digits, and letters alone up to 9: as a word of its own.
 * Longer numbers: not within more digits, which are another number. All else: anywhere.
 */
export function recurrence(text: string): Recurs | null {
  if (text.length < SHORTEST || NO_VALUE.test(text) || !/[\p{L}\p{N}]/u.test(text)) return null;
  if (/^\d+$/.test(text)) return text.length < 6 ? 'word' : 'number';
  return text.length < 6 || (text.length < 10 && isPlainWord(text)) ? 'word' : 'anywhere';
}
