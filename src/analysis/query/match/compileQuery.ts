import type { SpanContent, Trace } from '../../../model/types.ts';
import { contentTest, type ContentTest } from './contentTest.ts';
import { envelopeTest, stringTest } from './envelopeTest.ts';
import { contentTexts } from './spanTexts.ts';
import { textTest, type TextTest } from './textTest.ts';
import type { IndexTest, Query } from '../types.ts';

/**
 * A query made ready for one version of a trace: what the envelope decides, and what has to be looked up in what spans
 * hold.
 */
export interface CompiledQuery {
  readonly query: Query;
  readonly trace: Trace;
  /** Without terms every span matches. */
  readonly isEmpty: boolean;
  /** Some spans can only be decided by `holds`. */
  readonly needsContent: boolean;
  /** By the envelope alone: 0 = no match, 1 = match, 2 = the content decides. */
  readonly state: (index: number) => number;
  /** The same with the content at hand: whether the span matches. */
  readonly holds: (index: number, content: SpanContent) => boolean;
}

interface Signed<Test> {
  readonly test: Test;
  readonly negated: boolean;
}
interface TextTerm {
  readonly isNamed: IndexTest;
  readonly text: TextTest;
  readonly negated: boolean;
}

/** These ask for an envelope object or a list, not for a column. */
const COSTLY: ReadonlySet<string> = new Set(['id', 'error', 'score', 'has']);

/**
 * Sorts the terms of a query by what they cost. Whatever one term needs for the whole trace (own times, conflicts) is
 * worked out here, once.
 */
export function compileQuery(trace: Trace, query: Query): CompiledQuery {
  const fast: Signed<IndexTest>[] = [];
  const last: Signed<IndexTest>[] = [];
  const slow: Signed<ContentTest>[] = [];
  const texts: TextTerm[] = [];
  for (const term of query.terms) {
    const { negated } = term;
    if (term.type === 'text') {
      const text = textTest([{ text: term.text, pattern: false }], false);
      texts.push({ isNamed: stringTest(trace, trace.columns.name, text.fits), text, negated });
      continue;
    }
    const test = envelopeTest(trace, term);
    if (!test) slow.push({ test: contentTest(trace, term), negated });
    else if (COSTLY.has(term.field)) last.push({ test, negated });
    else fast.push({ test, negated });
  }
  fast.push(...last);

  const state = (index: number): number => {
    for (const { test, negated } of fast) if (test(index) === negated) return 0;
    let open = slow.length > 0;
    for (const { isNamed, negated } of texts) {
      if (isNamed(index)) {
        if (negated) return 0;
      } else {
        open = true;
      }
    }
    return open ? 2 : 1;
  };
  const holds = (index: number, content: SpanContent): boolean => {
    if (
      fast.some(({ test, negated }) => test(index) === negated) ||
      slow.some(({ test, negated }) => test(content, index) === negated)
    )
      return false;
    return texts.every(
      ({ isNamed, text, negated }) => (isNamed(index) || isWritten(trace, index, content, text)) !== negated,
    );
  };
  return {
    query,
    trace,
    isEmpty: query.terms.length === 0,
    needsContent: slow.length > 0 || texts.length > 0,
    state,
    holds,
  };
}

function isWritten(trace: Trace, index: number, content: SpanContent, { fits }: TextTest): boolean {
  const message = trace.span(index).statusMessage;
  if (message !== null && fits(message)) return true;
  for (const { text } of contentTexts(content)) if (fits(text)) return true;
  return false;
}
