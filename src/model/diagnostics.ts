import type { Diagnostic, SpanKey } from './types.ts';
import { ownValue } from './ownValue.ts';

type Severity = Diagnostic['severity'];

/** Every code that can be reported, with its severity and its sentence. Codes are public API. */
export const DIAGNOSTICS: Readonly<Record<string, readonly [Severity, string]>> = {
  'empty-input': ['error', 'An input is empty.'],
  'not-json': ['error', 'An input is not JSON and was left out.'],
  'unknown-format': ['error', 'An input is of no known format and was left out.'],
  'too-large': ['error', 'An input is larger than accepted and was left out.'],
  'bad-encoding': ['warning', 'Some bytes are not valid UTF-8; each stands as a replacement character.'],
  'bad-line': ['warning', 'A line is not valid JSON and was left out.'],
  'bad-token': ['warning', 'What is not JSON stands in the place of a value; it was passed over.'],
  'truncated-json': ['error', 'The file ends in the middle; what was complete is shown.'],
  'mixed-format': ['warning', 'A part of the input is of no known format and was left out.'],
  'no-spans': ['info', 'The input is of a known format but holds no spans.'],
  'reader-fallback': [
    'info',
    'A large input was read as one text, which takes more time and memory: it is not JSON throughout, or of another shape.',
  ],
  'read-on-page': ['info', 'The input was read on the page and not in a worker.'],
  'partial-page': ['warning', 'The input says that it is only a part; there are more spans where it came from.'],
  'span-not-object': ['warning', 'An entry among the spans is not an object and was left out.'],
  'missing-span-id': ['warning', 'The span has no id; one was made from its content.'],
  'bad-id': ['info', 'An id is not of the form its format asks for; it was kept as it is.'],
  'duplicate-span': ['info', 'The same span came more than once and is shown once.'],
  'duplicate-span-id': ['warning', 'Different spans carry the same id; each is shown.'],
  'start-marker': ['info', 'The span was also announced when it began; the announcement is merged with the span.'],
  'self-parent': ['warning', 'The span names itself as its parent; it is shown as a root.'],
  'parent-cycle': ['warning', 'Parent links form a circle; it was opened at this span, which is shown as a root.'],
  'missing-parent': [
    'warning',
    'The parent is not among the spans. A row stands in its place, above all that name it.',
  ],
  'missing-start': ['warning', 'No start time is recorded; the span is placed at the start of its parent.'],
  'missing-end': ['info', 'No end time is recorded.'],
  'bad-timestamp': ['warning', 'A time cannot be read and counts as missing.'],
  'end-before-start': ['warning', 'The end lies before the start; the span is drawn with no length.'],
  'clock-skew': [
    'info',
    'The span lies entirely outside its parent: their clocks differ, or it began when the parent was over. It is drawn where it says.',
  ],
  'clock-corrected': [
    'info',
    'The times of this span were moved, because the clock of its service was wrong; the recorded ones are in its details.',
  ],
  'unit-guessed': ['warning', 'A time is not in the unit its format asks for; the unit was guessed from its size.'],
  'estimated-time': [
    'info',
    'The length is an estimate: the file says when something was written down, not when it began or ended.',
  ],
  'no-clock': ['info', 'The source has no clock: its steps have an order, and no times.'],
  'usage-conflict': ['warning', 'The span reports other amounts than the spans below it add up to; the latter count.'],
  'counted-once': [
    'warning',
    'The span looks like a second record of the call beside it, made by another instrumentation; it counts once.',
  ],
  'total-above-parts': [
    'info',
    'The total of tokens is more than input and output; what is beyond them is of an unknown sort.',
  ],
  'missing-score-target': ['warning', 'A score is about a span, trace or session that is not in the input.'],
  'ambiguous-score-target': [
    'warning',
    'A score names a span by an id that several traces have; it stands with the first of them by trace id.',
  ],
  'score-conflict': ['warning', 'Scores under one id say different things; each is shown.'],
  'trace-conflict': ['warning', 'Records of one trace say different things of it.'],
  redacted: ['info', 'Values were masked before anything was shown.'],
  'redact-rule-failed': ['warning', 'A masking rule of the host failed; the texts it failed on are masked as a whole.'],
  'on-masked-failed': ['warning', 'The host was told what was masked, and failed at it.'],
  'stream-closed': ['warning', 'A batch came when its stream was closed, and was left out.'],
  'limit-dropped': ['warning', 'A limit set by the host was reached; further spans were left out.'],
  'bad-attribute': ['warning', 'An attribute is not of the form its format asks for.'],
  'index-out-of-range': ['warning', 'A number within a key is too large for a place in a list.'],
  'list-conflict': ['warning', 'A key holds a value of its own and parts of a list or map; both are kept.'],
  'image-blocked': ['info', 'A remote image was not fetched.'],
  'bad-number': ['warning', 'An amount cannot be read as a number and counts as unknown.'],
};

/** What a diagnostic is about, and how often it was met. */
export interface DiagnosticPlace {
  readonly key?: SpanKey;
  readonly message?: string;
  readonly path?: string;
  readonly line?: number;
  readonly position?: number;
  readonly count?: number;
}

/**
 * A list where equal diagnostics are grouped: counts are exact, keys are capped at 1,000, and so are the groups of one
 * code at 100.
 */
export interface DiagnosticLog {
  report(code: string, at?: DiagnosticPlace): void;
  /** Takes over what another log has grouped. */
  add(diagnostic: Diagnostic): void;
  list(): readonly Diagnostic[];
}

const KEYS_AT_MOST = 1000;
/**
 * A file of a million bad lines needs no million messages: those beyond the cap share one group, which names no place.
 */
const GROUPS_AT_MOST = 100;

export function createDiagnosticLog(): DiagnosticLog {
  const groupCounts = new Map<string, number>();
  const groups = new Map<string, { readonly diagnostic: Diagnostic; count: number; readonly keys: SpanKey[] }>();
  const groupOf = (diagnostic: Diagnostic) => {
    const { code, severity, message, line = '', path = '' } = diagnostic;
    const id = `${code}\n${message}\n${line}\n${path}`;
    let group = groups.get(id);
    if (group) return group;
    const ofCode = (groupCounts.get(code) ?? 0) + 1;
    groupCounts.set(code, ofCode);
    if (ofCode <= GROUPS_AT_MOST) {
      groups.set(id, (group = { diagnostic, count: 0, keys: [] }));
      return group;
    }
    group = groups.get(code);
    if (!group)
      groups.set(
        code,
        (group = { diagnostic: { code, severity, message: sentenceOf(code), count: 0 }, count: 0, keys: [] }),
      );
    return group;
  };
  return {
    report(code, { key, message, count = 1, ...place } = {}) {
      const [severity, sentence] = ownValue(DIAGNOSTICS, code) ?? ['warning', code];
      const group = groupOf({ code, severity, message: message ?? sentence, count: 0, ...place });
      // A count that a file reports may be anything.
      group.count += Number.isSafeInteger(count) && count > 0 ? count : 1;
      if (key !== undefined && group.keys.length < KEYS_AT_MOST) group.keys.push(key);
    },
    add(diagnostic) {
      const group = groupOf(diagnostic);
      group.count += diagnostic.count;
      for (const key of diagnostic.keys ?? []) if (group.keys.length < KEYS_AT_MOST) group.keys.push(key);
    },
    list: () =>
      Array.from(groups.values(), ({ diagnostic, count, keys }) =>
        keys.length > 0 ? { ...diagnostic, count, keys } : { ...diagnostic, count },
      ),
  };
}

const sentenceOf = (code: string): string => ownValue(DIAGNOSTICS, code)?.[1] ?? code;

/**
 * Why nothing could be read:
 *
 * - `empty-input`: there are no bytes, or their source failed (a stream that breaks off, a server that answers an
 *   error)
 * - `not-json`: text that holds no JSON document; `line` and `position` say where it breaks
 * - `bad-encoding`: bytes that are no text, or packed in a way that is not read here
 * - `too-large`: more bytes than `limits` allow, or than text can hold
 * - `unknown-format`: JSON, but no trace that the adapters know, or a `format` that none of them reads
 * - `bad-rule`: a masking rule of the host is wrong, so nothing was read
 * - `worker-failed`: the worker that was reading it is gone
 * - `cancelled`: somebody ended it (only from `useTraces` and the viewer)
 * - `not-read`: what else a source or an adapter threw (only from `useTraces` and the viewer)
 */
export type TraceInputErrorCode =
  | 'empty-input'
  | 'not-json'
  | 'bad-encoding'
  | 'too-large'
  | 'unknown-format'
  | 'bad-rule'
  | 'worker-failed'
  | 'cancelled'
  | 'not-read';

/** Thrown for input that is unreadable or of no known format; everything milder is a `Diagnostic`. */
export class TraceInputError extends Error {
  override readonly name = 'TraceInputError';
  readonly code: TraceInputErrorCode;
  /** From 1. */
  readonly line?: number;
  /** Characters from the beginning, from 0. */
  readonly position?: number;
  constructor(
    code: TraceInputErrorCode,
    message: string,
    place: { readonly line?: number | undefined; readonly position?: number | undefined } = {},
  ) {
    super(message);
    this.code = code;
    if (place.line !== undefined) this.line = place.line;
    if (place.position !== undefined) this.position = place.position;
  }
}
