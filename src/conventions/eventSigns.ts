import type { SpanKind } from '../model/types.ts';
import { DIALECTS } from './index.ts';

/** The names of events that mark the arrival of a first token. */
export const FIRST_TOKEN_EVENTS: ReadonlySet<unknown> = new Set(
  DIALECTS.flatMap(({ firstTokenEvents }) => firstTokenEvents ?? []),
);

/** The names of events that give the kind of a span whose attributes do not. */
export const KIND_EVENTS: ReadonlyMap<unknown, SpanKind> = new Map(
  DIALECTS.flatMap(({ kindEvents }) => Object.entries(kindEvents ?? {})),
);

/** The names of events that are scores. */
export const SCORE_EVENTS: ReadonlySet<unknown> = new Set(DIALECTS.flatMap(({ scores }) => scores?.events ?? []));

/** The names of events that repeat attributes of their span and may hold more of them. */
export const DETAIL_EVENTS: ReadonlySet<unknown> = new Set(DIALECTS.flatMap(({ detailEvents }) => detailEvents ?? []));
