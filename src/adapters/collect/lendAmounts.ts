import type { SpanEntry } from '../../model/entry.ts';
import { isRecorded, LentContent } from '../content/recordedContent.ts';

/** Between a call and what was measured of it lie few spans. */
const STEPS_UP = 16;

type Price = (amounts: NonNullable<SpanEntry['amounts']>, of: SpanEntry) => SpanEntry['amounts'];

/**
 * Puts tokens and cost that a producer writes on a part of a call (`amountsOf`: what it is called) on the call itself,
 * the nearest span above of that name that has none of its own. `price` works out what the call cost by its model.
 */
export function lendAmounts(entries: readonly SpanEntry[], price: Price): readonly SpanEntry[] {
  const parts = entries.filter(({ amountsOf, amounts }) => amounts !== null && (amountsOf ?? null) !== null);
  const byId = new Map(entries.map((entry) => [entry.spanId, entry]));
  const lent = completed(entries, byId, price);
  for (const part of parts) {
    const call = callOf(part, byId);
    if (!call || call.amounts || lent.has(call)) continue;
    lent.set(call, { ...call, amounts: price(part.amounts!, call) });
    lent.set(part, { ...part, amounts: null });
  }
  return entries.map((entry) => lent.get(entry) ?? entry);
}

/**
 * Calls that tell a part of their amounts, with all that the span right above says of them (`amountsIn`: its recorded
 * kind). Of several calls below it nobody knows whose they are.
 */
function completed(
  entries: readonly SpanEntry[],
  byId: ReadonlyMap<string, SpanEntry>,
  price: Price,
): Map<SpanEntry, SpanEntry> {
  const callsOf = new Map<SpanEntry, SpanEntry[]>();
  for (const entry of entries) {
    if (!entry.amounts || (entry.amountsIn ?? null) === null) continue;
    const above = entry.parentSpanId === null ? undefined : byId.get(entry.parentSpanId);
    if (!above || above.rawKind !== entry.amountsIn || !(tokensOf(above) > tokensOf(entry))) continue;
    const calls = callsOf.get(above);
    if (calls) calls.push(entry);
    else callsOf.set(above, [entry]);
  }
  const whole = new Map<SpanEntry, SpanEntry>();
  for (const [{ amounts }, [call, more]] of callsOf)
    if (!more)
      whole.set(call!, { ...call!, amounts: price({ ...amounts!, firstToken: call!.amounts!.firstToken }, call!) });
  return whole;
}

const tokensOf = ({ amounts }: SpanEntry): number => amounts?.usage?.total ?? Number.NaN;

function callOf(part: SpanEntry, byId: ReadonlyMap<string, SpanEntry>): SpanEntry | undefined {
  let at: SpanEntry | undefined = part;
  for (let step = 0; at && step < STEPS_UP; step += 1) {
    at = at.parentSpanId === null ? undefined : byId.get(at.parentSpanId);
    if (at?.name === part.amountsOf) return at;
  }
  return undefined;
}

/**
 * Lets a call be read together with the step around it, on which its producer writes what was asked and answered
 * (`contentOf`: the recorded kind of the call).
 */
export function lendContent(entries: readonly SpanEntry[]): readonly SpanEntry[] {
  const steps = new Map<string, SpanEntry>();
  for (const entry of entries) if ((entry.contentOf ?? null) !== null) steps.set(entry.spanId, entry);
  return entries.map((entry) => {
    const step = entry.parentSpanId === null ? undefined : steps.get(entry.parentSpanId);
    return step && step.contentOf === entry.rawKind && isRecorded(step.content) && isRecorded(entry.content)
      ? { ...entry, content: new LentContent(entry.content, step.content) }
      : entry;
  });
}
