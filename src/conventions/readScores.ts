import type { RecordedScore } from '../model/entry.ts';
import type { SpanEvent } from '../model/types.ts';
import { DIALECTS } from './index.ts';
import { toJson } from './toJson.ts';
import type { Attributes } from './types.ts';

/** Reads all scores that attributes and events hold; what two dialects record alike counts once. */
export function readScores(attributes: Attributes, events: readonly SpanEvent[]): readonly RecordedScore[] {
  const scoresByJson = new Map<string, RecordedScore>();
  for (const { scores } of DIALECTS)
    for (const score of scores?.read(attributes, events) ?? []) scoresByJson.set(toJson(score), score);
  return [...scoresByJson.values()];
}
