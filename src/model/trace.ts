import { keepParts } from './build/parts.ts';
import { SPAN_FLAGS } from './codes.ts';
import { createIdLookUp } from './build/idLookUp.ts';
import type { TraceParts } from './entry.ts';
import { SpanView } from './span.ts';
import { unixNano } from './time.ts';
import type { Nanos, Score, Span, SpanContent, Trace, TraceColumns } from './types.ts';

/** A trace in columns: numbers in typed arrays, text in a table, content where it came from. */
export class ColumnTrace implements Trace {
  readonly key: string;
  readonly traceId: string;
  readonly version: number;
  readonly live: boolean;
  readonly originUnixNano: bigint;
  readonly spanCount: number;
  readonly sessionId?: string;
  readonly userId?: string;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly parts: TraceParts;
  private readonly found: { name?: string; end?: Nanos; timeBasis?: Trace['timeBasis'] } = {};
  private shownColumns: TraceColumns | undefined;
  private joinedScores: readonly Score[] | undefined;
  private readonly decoded = new Map<number, WeakRef<SpanContent>>();
  /** Contents that are on their way. */
  private readonly asked = new Map<number, Promise<SpanContent>>();
  private lookUp: ((id: string) => number | undefined) | undefined;

  /** `state`: which of many it is, where a stream makes it anew. */
  constructor(parts: TraceParts, { version = 1, live = false }: Partial<Pick<Trace, 'version' | 'live'>> = {}) {
    const { about } = parts;
    this.version = version;
    this.live = live;
    this.parts = parts;
    keepParts(this, parts);
    this.key = this.traceId = parts.traceId;
    this.spanCount = parts.spanIds.length;
    this.originUnixNano = unixNano(parts.origin);
    if (about.sessionId !== undefined) this.sessionId = about.sessionId;
    if (about.userId !== undefined) this.userId = about.userId;
    this.tags = about.tags ?? [];
    this.metadata = about.metadata ?? {};
  }

  // Columns, and what takes a look at them, are found when asked for: of a stream many states are never looked at.
  get columns(): TraceColumns {
    return (this.shownColumns ??= this.parts.columns);
  }

  get name(): string {
    return (this.found.name ??= this.parts.about.name ?? rootName(this.columns));
  }

  get end(): Nanos {
    return (this.found.end ??= lastInstant(this.columns, this.parts.lastEvent));
  }

  get timeBasis(): 'clock' | 'step' {
    return (this.found.timeBasis ??= isWithoutClock(this.columns) ? 'step' : 'clock');
  }

  /** Joined when asked for: a session of many traces with many scores is not copied for each of them. */
  get scores(): readonly Score[] {
    return (this.joinedScores ??= joinScores(
      this.parts.about.scores ?? NO_SCORES,
      this.parts.about.sessionScores ?? NO_SCORES,
    ));
  }

  span(index: number): Span {
    if (this.columns.parent[index] === undefined)
      throw new RangeError(`no span ${index} in a trace of ${this.spanCount}`);
    return new SpanView(this, index);
  }

  find(keyOrSpanId: string): Span | undefined {
    // Hosts ask with what they have at hand, which may be no id at all.
    if (typeof keyOrSpanId !== 'string') return undefined;
    this.lookUp ??= createLookUp(this.parts);
    const prefix = `${this.traceId}/`;
    const index = this.lookUp(keyOrSpanId.startsWith(prefix) ? keyOrSpanId.slice(prefix.length) : keyOrSpanId);
    return index === undefined ? undefined : new SpanView(this, index);
  }

  *spans(): IterableIterator<Span> {
    for (let index = 0; index < this.spanCount; index += 1) yield new SpanView(this, index);
  }

  content(index: number): SpanContent | Promise<SpanContent> {
    const kept = this.decoded.get(index)?.deref();
    if (kept) return kept;
    const asked = this.asked.get(index);
    if (asked) return asked;
    const { parts } = this;
    const content = parts.content.at(index)!.decode(parts.origin, this.span(index).key);
    if (!(content instanceof Promise)) return this.keep(index, content);
    const arriving = content
      .then((arrived) => this.keep(index, arrived))
      .finally(() => {
        this.asked.delete(index);
      });
    this.asked.set(index, arriving);
    return arriving;
  }

  private keep(index: number, content: SpanContent): SpanContent {
    const { parts } = this;
    const span = this.span(index);
    // What other spans say of this one is about the first of those that share its id.
    const linksIn = parts.keySuffixes.has(index) ? undefined : parts.about.linksIn?.get(span.spanId);
    const whole = { ...content, links: linksIn ? [...content.links, ...linksIn] : content.links, scores: span.scores };
    this.decoded.delete(index);
    if (this.decoded.size >= DECODED_AT_MOST) this.decoded.delete(this.decoded.keys().next().value!);
    this.decoded.set(index, new WeakRef(whole));
    return whole;
  }
}

/** Contents that are still in somebody's hands, of these many spans, are not decoded again. */
const DECODED_AT_MOST = 32;

const NO_SCORES: readonly Score[] = [];
function joinScores(own: readonly Score[], ofSession: readonly Score[]): readonly Score[] {
  if (own.length === 0) return ofSession;
  return ofSession.length === 0 ? own : [...own, ...ofSession].sort(byName);
}
const byName = (a: Score, b: Score): number => (a.name < b.name ? -1 : Number(a.name > b.name));

/** From span id, with its `#2` where it has one, to index. */
function createLookUp({ spanIds, keySuffixes }: TraceParts): (id: string) => number | undefined {
  const indexOf = spanIds.indexOf ?? createIdLookUp(spanIds);
  let suffixed: Map<string, number> | undefined;
  return (id) => {
    suffixed ??= new Map(Array.from(keySuffixes, ([index, suffix]) => [spanIds.at(index) + suffix, index]));
    const known = suffixed.get(id);
    if (known !== undefined) return known;
    const index = indexOf(id);
    return index === -1 ? undefined : index;
  };
}

const NO_CLOCK = SPAN_FLAGS['no-clock'];
const isWithoutClock = ({ flags }: TraceColumns): boolean =>
  flags.length > 0 && flags.every((flag) => (flag & NO_CLOCK) !== 0);

function lastInstant({ start, end }: TraceColumns, lastEvent: Nanos): Nanos {
  let last = lastEvent;
  for (let index = 0; index < start.length; index += 1) {
    if (start[index]! > last) last = start[index]!;
    if (end[index]! > last) last = end[index]!;
  }
  return last;
}

/** The first root that has no missing parent names the trace, else the first root. */
export function rootName({ parent, flags, name, strings, subtreeEnd }: TraceColumns): string {
  for (let index = 0; index < parent.length; index = subtreeEnd[index]!) {
    if ((flags[index]! & SPAN_FLAGS['missing-parent']) === 0) return strings[name[index]!]!;
  }
  return parent.length > 0 ? strings[name[0]!]! : '';
}
