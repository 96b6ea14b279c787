import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { spanRecord } from '../spans/spanRecord.ts';
import { picked } from '../spans/words.ts';
import type { ReadAll, SpanSink } from '../types.ts';
import { readSample } from './sample.ts';
import { sampleScores } from './scores.ts';

/**
 * Logs of Inspect AI (inspect_ai 0.3; `.json`, and `.eval`, which is an archive of the same): a sample is a trace, with
 * its solvers, agents, model calls, tools and scorers as spans, all other events as events, and its scores.
 */
export const readInspect: ReadAll = (documents, sink) => {
  const heads = new Map<number, Fields>();
  const samples: { readonly sample: Fields; readonly input: number }[] = [];
  for (const { fields, input } of entriesOf(documents, sink)) {
    if (!isObject(fields['eval'])) {
      samples.push({ sample: fields, input });
      continue;
    }
    heads.set(input, fields);
    for (const sample of Array.isArray(fields['samples']) ? fields['samples'] : []) {
      if (isObject(sample)) samples.push({ sample, input });
      else sink.diagnostic('span-not-object', 'An entry among the samples is not an object and was left out.');
    }
  }
  for (const { sample, input } of samples) readOne(sample, heads.get(input) ?? {}, sink);
};

function readOne(sample: Fields, head: Fields, sink: SpanSink): void {
  const about = isObject(head['eval']) ? head['eval'] : {};
  const id = textOf(sample['id']) ?? '';
  const epoch = textOf(sample['epoch']) ?? '1';
  const traceId =
    textOf(sample['uuid']) ?? [textOf(about['eval_id']), id, epoch].filter((part) => part !== null).join('-');
  const task = textOf(about['task']);
  const name =
    [task, id].filter((part) => part !== null && part !== '').join(' ') + (epoch === '1' ? '' : ` (${epoch})`);
  for (const told of readSample(sample, { traceId, name: name === '' ? 'sample' : name })) sink.span(spanRecord(told));
  for (const score of sampleScores(sample['scores'], traceId)) sink.score(score, { source: sample });
  sink.trace(traceId, {
    name: name === '' ? 'sample' : name,
    metadata: Object.fromEntries([
      ...picked(about, ['task', 'model', 'eval_id', 'created', 'solver']),
      ...picked(head, ['status']),
      ...picked(sample, ['epoch', 'target', 'metadata', 'total_time', 'working_time', 'error_retries', 'limit']),
    ]),
  });
}
