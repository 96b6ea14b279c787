import { costParts } from '../amounts/costParts.ts';
import type { Draft } from './draft.ts';
import type { CacheBreak, CacheReading, ModelFacts } from './types.ts';
import type { Weighed } from './weigh.ts';
import { isSameModel } from './walk.ts';

/** Providers cache no shorter prompts (OpenAI and Anthropic; some models of these need more). */
const CACHED_FROM = 1024;
/** Less of what is the same: it was not read. Caches are kept in blocks, and tokens of parts are estimates. */
const READ_AT_LEAST = 0.5;
/** What is lost below this is as little as the block in which a cache is kept. */
const BLOCK = 128;
const SHARE = 0.02;
/** Changes at the end of a conversation: these alone may cost nothing. */
const OF_TALK: ReadonlySet<CacheBreak> = new Set<CacheBreak>(['edited', 'trimmed', 'branched']);
/** Longer pauses outlive caches as they are kept when nobody asks for more: five minutes. */
const KEPT_FOR = 300e9;

type Counts = Pick<CacheReading, 'read' | 'written'> & { readonly input: number | null };
type Verdict = Pick<CacheReading, 'state' | 'cause' | 'shared' | 'lost' | 'contradicted'>;

/** What became of the cache in a call, by its text and by the numbers recorded. */
export function cacheReading(draft: Draft, weighed: Weighed, facts: ModelFacts | null): CacheReading {
  const { span, previous, broken } = draft;
  const { usage } = span;
  const counts = { read: usage?.cacheRead ?? null, written: usage?.cacheWrite ?? null, input: usage?.input ?? null };
  const pause = previous ? Math.max(0, span.start - previous.span.end) : Number.NaN;
  const verdict = previous ? verdictOf(draft, previous, weighed, counts, pause) : FIRST;
  return {
    ...verdict,
    read: counts.read,
    written: counts.written,
    lostCost: counts.read === null || verdict.lost === null ? null : costOf(verdict.lost, draft, facts),
    difference: broken?.difference ?? null,
    pause,
  };
}

const FIRST: Verdict = { state: 'first', cause: null, shared: null, lost: null, contradicted: false };

function verdictOf(draft: Draft, previous: Draft, weighed: Weighed, counts: Counts, pause: number): Verdict {
  const { broken } = draft;
  const before = previous.span.usage?.input ?? null;
  const whole = before === null || counts.input === null ? null : Math.min(before, counts.input);
  if (!isSameModel(previous.span.model, draft.span.model) && !isRead(counts.read, whole)) {
    const lost = whole === null ? null : Math.max(0, whole - (counts.read ?? 0));
    return { state: 'broken', cause: 'model', shared: 0, lost, contradicted: false };
  }
  if (broken) return brokenVerdict(broken, weighed, counts);
  const kept = { cause: null, shared: whole, lost: null, contradicted: false };
  if (counts.read === null) return { ...kept, state: 'unknown' };
  if (isRead(counts.read, whole)) return { ...kept, state: 'kept', lost: 0 };
  if (whole !== null && whole < CACHED_FROM) return { ...kept, state: 'short' };
  if (whole === null) return { ...kept, state: counts.read > 0 ? 'kept' : 'unknown' };
  return { ...kept, state: 'missed', cause: missCause(draft, pause), lost: whole - counts.read };
}

function missCause({ isSeen }: Draft, pause: number): CacheBreak {
  if (pause >= KEPT_FOR) return 'idle';
  return isSeen ? 'miss' : 'unrecorded';
}

const isRead = (read: number | null, shared: number | null): boolean =>
  read !== null && shared !== null && shared > 0 && read >= shared * READ_AT_LEAST;

function brokenVerdict(
  { cause, shared: same, again }: NonNullable<Draft['broken']>,
  { sections, tokensOf }: Weighed,
  { read, input }: Counts,
): Verdict {
  // What nobody recorded stands in front, and is taken for the same.
  const text = tokensOf(same);
  const shared = text === null ? null : Math.round(text + (sections.unrecorded.tokens ?? 0));
  const sentAgain = tokensOf(again);
  if (read !== null && shared !== null && sentAgain !== null && again > 0 && read >= shared + sentAgain / 2)
    return { state: 'kept', cause: null, shared, lost: 0, contradicted: true };
  const fresh = input === null ? Infinity : input - (read ?? 0);
  const lost = sentAgain === null ? null : Math.round(Math.max(0, Math.min(sentAgain, fresh)));
  if (OF_TALK.has(cause) && isLittle(lost ?? again / 4, input) && (read === null || isRead(read, shared)))
    return {
      state: read === null ? 'unknown' : 'kept',
      cause: null,
      shared,
      lost: read === null ? null : 0,
      contradicted: false,
    };
  return { state: 'broken', cause, shared, lost, contradicted: false };
}

const isLittle = (tokens: number, input: number | null): boolean => tokens <= Math.max(BLOCK, (input ?? 0) * SHARE);

/**
 * What tokens cost beyond cached ones: by the facts of the host, else by what the call itself paid, or the one before it.
 * Who writes to the cache pays the price of that.
 */
function costOf(lost: number, { span, previous }: Draft, facts: ModelFacts | null): CacheReading['lostCost'] {
  if (lost === 0) return { amount: 0, currency: span.cost?.currency ?? 'USD' };
  const wrote = (span.usage?.cacheWrite ?? 0) > 0;
  const priceOf = (id: 'cacheRead' | 'cacheWrite' | 'input'): number | null =>
    facts?.[id] ?? paidFor(span, id) ?? (previous ? paidFor(previous.span, id) : null);
  const paid = wrote ? priceOf('cacheWrite') : priceOf('input');
  const cached = priceOf('cacheRead');
  if (paid === null || cached === null) return null;
  return { amount: Math.max(0, lost * (paid - cached)), currency: facts ? 'USD' : (span.cost?.currency ?? 'USD') };
}

function paidFor({ cost, usage }: Draft['span'], id: 'cacheRead' | 'cacheWrite' | 'input'): number | null {
  if (!cost || !usage) return null;
  const part = costParts({ cost, usage }).find((each) => each.id === id);
  return part?.tokens ? part.amount / part.tokens : null;
}
