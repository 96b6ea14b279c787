import { amount, textOf } from '../../model/attributes.ts';
import type { Score } from '../../model/types.ts';
import type { SpanSink } from '../types.ts';
import type { PostHogEvent } from './posthog.ts';

/** A metric, a piece of feedback or a verdict; of the event that it names, else of its trace. */
export function readScore(
  { event, name, properties, traceId }: PostHogEvent,
  byEvent: ReadonlyMap<string, PostHogEvent>,
  sink: SpanSink,
): void {
  const judged = byEvent.get(textOf(properties['$ai_target_event_id']) ?? '');
  const target: Score['target'] = judged
    ? { level: 'span', key: `${judged.traceId}/${judged.spanId}` }
    : { level: 'trace', key: traceId };
  sink.score({ ...SAID[name as keyof typeof SAID](properties), target }, { source: event });
}

type Said = Omit<Score, 'target'>;
type Properties = PostHogEvent['properties'];

/** A number is a value, any other word a label. */
const told = (value: unknown): Pick<Said, 'value' | 'label'> => {
  const label = typeof value === 'boolean' ? String(value) : textOf(value);
  return { value: amount(value), label: amount(value) === null ? label : null };
};

const SAID = {
  $ai_metric: (properties: Properties): Said => ({
    name: textOf(properties['$ai_metric_name']) ?? 'metric',
    ...told(properties['$ai_metric_value']),
    comment: null,
    source: 'unknown',
  }),
  $ai_feedback: (properties: Properties): Said => ({
    name: 'feedback',
    value: null,
    label: null,
    comment: textOf(properties['$ai_feedback_text']),
    source: 'human',
  }),
  $ai_evaluation: (properties: Properties): Said => ({
    name: textOf(properties['$ai_evaluation_name']) ?? 'evaluation',
    ...told(properties['$ai_evaluation_numeric_result'] ?? properties['$ai_evaluation_result']),
    comment: textOf(properties['$ai_evaluation_reasoning']),
    source: 'llm',
  }),
};
