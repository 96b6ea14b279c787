import type { Range } from '../types.ts';

/**
 * Keys that are known by how they begin, as their issuers document it. All are of letters that end where the key does.
 */
const KEYS: readonly RegExp[] = [
  // OpenAI, Anthropic, OpenRouter, LiteLLM, DeepSeek (sk-…); Langfuse (pk-lf-, sk-lf-). A word with hyphens has no
  // digit.
  /(?<![A-Za-z0-9_-])[ps]k-(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{16,}/g,
  // Stripe, Clerk and others
  /(?<![A-Za-z0-9_-])(?:[prs]k_(?:live|test)_|whsec_)[A-Za-z0-9]{10,}/g,
  // GitHub, GitLab, Hugging Face, npm, Groq, Replicate, LangSmith
  /(?<![A-Za-z0-9_-])(?:gh[opusr]_|github_pat_|gsk_|hf_|npm_|r8_|lsv2_(?:pt|sk)_)[A-Za-z0-9_]{16,}/g,
  // GitLab, Slack, xAI, Perplexity, Tavily, DigitalOcean
  /(?<![A-Za-z0-9_-])(?:glpat-|xox[abeoprs]-|xapp-|xai-|pplx-|tvly-|dop_v1_)(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{10,}/g,
  // Amazon, Google, SendGrid
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  /(?<![A-Za-z0-9_-])(?:AIza[A-Za-z0-9_-]{30,}|ya29\.[A-Za-z0-9_-]{20,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,})/g,
];
/** A prefix of one of them. Tells nearly all texts apart in one pass. */
const PREFIX =
  /[ps]k-|k_(?:live|test)_|whsec_|gh[opusr]_|github_pat_|gsk_|hf_|npm_|r8_|lsv2_|glpat-|xox[abeoprs]-|xapp-|xai-|pplx-|tvly-|dop_v1_|A[KS]IA|AIza|ya29|SG\./;
/** What stands behind "Bearer", if it is no word. */
const BEARER = /\bbearer\s{1,4}((?=[A-Za-z._~+/-]*\d)[A-Za-z0-9._~+/-]{8,}={0,2})/gi;

/** Keys and tokens that give access to something. */
export function findApiKeys(text: string): readonly Range[] {
  const ranges: Range[] = [];
  if (text.length < 14) return ranges;
  if (PREFIX.test(text))
    for (const key of KEYS)
      for (const found of text.matchAll(key)) ranges.push([found.index, found.index + found[0].length]);
  if (/bearer/i.test(text)) {
    for (const found of text.matchAll(BEARER)) {
      const end = found.index + found[0].length;
      ranges.push([end - found[1]!.length, end]);
    }
  }
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
