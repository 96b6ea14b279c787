import { textOf } from '../../model/attributes.ts';
import { OTEL_KINDS } from '../../model/codes.ts';
import { ownValue } from '../../model/ownValue.ts';

const STATUS_WORDS = { 1: 'ok', 2: 'error' } as const;

/** 2, "2", "STATUS_CODE_ERROR" and "Error" all mean error. */
export function statusWord(code: unknown): string {
  if (code === undefined || code === 0) return 'unset';
  if (code === 2) return 'error';
  if (code === 1) return 'ok';
  const word = (textOf(code) ?? '').replace(/^(?:STATUS_CODE_|StatusCode\.)/i, '').toLowerCase();
  return ownValue(STATUS_WORDS, word) ?? word;
}

/** 3, "3", "SPAN_KIND_CLIENT" and "client" all mean client. */
export function kindWord(kind: unknown): string | null {
  if (typeof kind === 'number') return OTEL_KINDS[kind] ?? null;
  const word = (textOf(kind) ?? '').replace(/^(?:SPAN_KIND_|SpanKind\.)/i, '').toLowerCase();
  return (OTEL_KINDS as readonly (string | null)[]).includes(word) ? word : (OTEL_KINDS[Number(word || 0)] ?? null);
}
