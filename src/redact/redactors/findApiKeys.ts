import { findCredentials } from '../findCredentials.ts';
import { looksRandom } from '../looksRandom.ts';
import type { Range } from '../types.ts';

/**
 * A prefix, and what follows it: letters that end where the key does. What is `isKey` is one; the rest are names that
 * begin alike.
 */
interface KeyForm {
  readonly pattern: RegExp;
  readonly isKey: (secret: string) => boolean;
}

/**
 * With a digit, or a part that is no word: `sk-learn-based-classification` has neither. One part alone is no compound
 * of words.
 */
function isInParts(secret: string): boolean {
  if (/\d/.test(secret)) return true;
  const parts = secret.replace(/^(?:proj|ant|or|svcacct|admin|live|test|lf)[-_]/, '').split(/[-_]/);
  return parts.some((part) => looksRandom(part, parts.length === 1 ? 16 : undefined));
}
const isRandom = (secret: string): boolean => looksRandom(secret);
const isAny = (): boolean => true;

/** Keys that are known by how they begin, as their issuers document it. */
const KEYS: readonly KeyForm[] = [
  // OpenAI, Anthropic, OpenRouter, LiteLLM, DeepSeek (sk-…); Langfuse (pk-lf-, sk-lf-)
  { pattern: /(?<![A-Za-z0-9_-])[ps]k-([A-Za-z0-9_-]{16,})/g, isKey: isInParts },
  // Stripe, Clerk and others
  { pattern: /(?<![A-Za-z0-9_-])(?:[prs]k_(?:live|test)_|whsec_)([A-Za-z0-9]{10,})/g, isKey: isRandom },
  // GitHub, GitLab, Hugging Face, npm, Groq, Replicate: one run, which names in code that begin alike (`npm_config_…`)
  // are not
  { pattern: /(?<![A-Za-z0-9_-])(?:gh[opusr]_|gsk_|hf_|npm_|r8_)([A-Za-z0-9]{16,})/g, isKey: isRandom },
  // GitHub, LangSmith: in parts
  { pattern: /(?<![A-Za-z0-9_-])(?:github_pat_|lsv2_(?:pt|sk)_)([A-Za-z0-9_]{16,})/g, isKey: isAny },
  // GitLab, Slack, xAI, Perplexity, Tavily, DigitalOcean
  {
    pattern: /(?<![A-Za-z0-9_-])(?:glpat-|xox[abeoprs]-|xapp-|xai-|pplx-|tvly-|dop_v1_)([A-Za-z0-9_-]{10,})/g,
    isKey: isInParts,
  },
  // Amazon, Google, SendGrid
  { pattern: /(?<![A-Za-z0-9])((?:AKIA|ASIA)[A-Z0-9]{16})(?![A-Za-z0-9])/g, isKey: isAny },
  {
    pattern:
      /(?<![A-Za-z0-9_-])(AIza[A-Za-z0-9_-]{30,}|ya29\.[A-Za-z0-9_-]{20,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,})/g,
    isKey: isAny,
  },
];
/** A prefix of one of them. Tells nearly all texts apart in one pass. */
const PREFIX =
  /[ps]k-|k_(?:live|test)_|whsec_|gh[opusr]_|github_pat_|gsk_|hf_|npm_|r8_|lsv2_|glpat-|xox[abeoprs]-|xapp-|xai-|pplx-|tvly-|dop_v1_|A[KS]IA|AIza|ya29|SG\./;

/** Keys and tokens that give access to something. */
export function findApiKeys(text: string): readonly Range[] {
  const ranges: Range[] = [];
  if (text.length < 10) return ranges;
  if (PREFIX.test(text)) {
    for (const { pattern, isKey } of KEYS) {
      for (const found of text.matchAll(pattern))
        if (isKey(found[1]!)) ranges.push([found.index, found.index + found[0].length]);
    }
  }
  findCredentials(text, ranges);
  findPrivateKeys(text, ranges);
  return ranges;
}

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** Private keys in PEM; to the end of the text where the end of one was cut off. */
function findPrivateKeys(text: string, ranges: Range[]): void {
  if (!text.includes('-----BEGIN ')) return;
  BEGIN.lastIndex = 0;
  for (let begin = BEGIN.exec(text); begin; begin = BEGIN.exec(text)) {
    END.lastIndex = BEGIN.lastIndex;
    const end = END.test(text) ? END.lastIndex : text.length;
    ranges.push([begin.index, end]);
    BEGIN.lastIndex = end;
  }
}
