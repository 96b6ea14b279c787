import { TraceInputError } from '../../model/diagnostics.ts';
import { redactors } from '../../redact/redactors/redactors.ts';
import type { RedactRule } from '../../redact/types.ts';
import { announcedSize } from '../text/givenBytes.ts';
import type { ParseOptions, TraceInput } from '../types.ts';
import type { MovedInput, MovedOptions, MovedRule } from './messages.ts';

/** Thrown, with the reason, where something is no matter for a worker. */
export class CannotCross extends Error {}

/** Options without functions. Throws `CannotCross`. */
export function movedOptions(options: ParseOptions): MovedOptions {
  const { adapters, redaction, redact, format, prices, limits, holdAs, onMasked, onProgress } = options;
  if (adapters) throw new CannotCross('adapters of the host are functions, which a worker cannot be given');
  if (redaction) throw new CannotCross('a redaction is functions, which a worker cannot be given');
  return {
    ...(format === undefined ? {} : { format }),
    ...(prices === undefined ? {} : { prices }),
    ...(limits === undefined ? {} : { limits }),
    ...(holdAs === undefined ? {} : { holdAs }),
    // What is no list is refused by who reads.
    ...(redact === undefined ? {} : { redact: Array.isArray(redact) ? redact.map(movedRule) : (redact as never) }),
    reportsMasked: onMasked !== undefined,
    reportsProgress: onProgress !== undefined,
  };
}

const READY: readonly (readonly [string, RedactRule])[] = Object.entries(redactors);

function movedRule(rule: RedactRule): MovedRule {
  const value = (rule as RedactRule | null | undefined)?.value;
  if (typeof value !== 'function') return rule as MovedRule;
  const ready = READY.find(([, { value: known }]) => known === value)?.[0];
  if (ready === undefined)
    throw new CannotCross(`the masking rule “${rule.name}” has a function, which a worker cannot be given`);
  return { name: rule.name, ...(rule.key ? { key: rule.key } : {}), ready };
}

/** The rules again. */
export const arrivedRules = (rules: readonly MovedRule[]): readonly RedactRule[] =>
  Array.isArray(rules)
    ? rules.map((rule: MovedRule) => {
        if (rule?.ready === undefined) return rule;
        const { ready, ...rest } = rule;
        return { ...rest, value: redactors[ready as keyof typeof redactors].value! };
      })
    : rules;

/** What an input is to a worker, what is handed over with it, and what stays here. Throws `CannotCross`. */
export function movedInput(input: TraceInput): {
  readonly moved: MovedInput;
  readonly buffers?: readonly ArrayBuffer[];
  readonly text?: string;
  readonly stream?: ReadableStream<Uint8Array>;
} {
  if (typeof input === 'string') return { moved: { text: true }, text: input };
  if (input instanceof Blob) return { moved: { bytes: input } };
  if (input instanceof ArrayBuffer || input instanceof Uint8Array) {
    const bytes = input instanceof Uint8Array ? input : new Uint8Array(input);
    const { given, buffers } = handedOver(bytes);
    return { moved: { bytes: given }, buffers };
  }
  if (input instanceof Response) {
    const { body, status, ok } = input;
    if (input.bodyUsed || body?.locked || status < 200)
      throw new CannotCross('a response that somebody else reads cannot be given to a worker');
    const size = announcedSize(input);
    return { moved: { stream: { size, status: ok && body ? 200 : status } }, ...(ok && body ? { stream: body } : {}) };
  }
  if (input instanceof ReadableStream) {
    if (input.locked) throw new CannotCross('a stream that somebody else reads cannot be given to a worker');
    return { moved: { stream: { size: undefined, status: null } }, stream: input };
  }
  throw new CannotCross('a parsed document is on the page already');
}

/**
 * Bytes without a copy of them: their memory goes to the worker. Where other bytes of the host stand beside them in it, or
 * it is shared, they are copied.
 */
export function handedOver(bytes: Uint8Array): {
  readonly given: Uint8Array;
  readonly buffers: readonly ArrayBuffer[];
} {
  const { buffer } = bytes;
  if (isMovedAway(buffer))
    throw new TraceInputError(
      'empty-input',
      'The bytes are not here any more: an earlier reading has moved them to its worker. Read them anew, or give a Blob.',
    );
  const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length;
  // A copy of a subclass such as Node's Buffer could be a view on the same memory.
  const given = isAlone ? bytes : new Uint8Array(bytes);
  return { given, buffers: [given.buffer as ArrayBuffer] };
}

/** A view on memory that is gone cannot be made. */
function isMovedAway(buffer: ArrayBufferLike): boolean {
  if (buffer.byteLength > 0) return false;
  try {
    return new Uint8Array(buffer).length > 0;
  } catch {
    return true;
  }
}
