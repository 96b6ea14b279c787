import type { RecordedScore } from '../model/entry.ts';
import type { SpanEvent } from '../model/types.ts';
import { DIALECTS } from './index.ts';
import { toJson } from './toJson.ts';
import type { Attributes } from './types.ts';

/** All scores that attributes and events hold; what two dialects say alike is said once. */
export function readScores(attributes: Attributes, events: readonly SpanEvent[]): readonly RecordedScore[] {
  const told = new Map<string, RecordedScore>();
  for (const { scores } of DIALECTS)
    for (const score of scores?.read(attributes, events) ?? []) told.set(toJson(score), score);
  return [...told.values()];
}
