import type { Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import type { Gathering } from './gathering.ts';
import { observationRecord } from './observation.ts';
import { revisionAt } from './gathering.ts';

/** `{ id, type: 'generation-update', timestamp, body }`: events about one thing are joined by the id in the body. */
export function readEvent(event: Fields, source: object, gathering: Gathering): void {
  const { sink } = gathering;
  const body = event['body'] as Fields;
  const { timestamp } = event;
  const [, what, verb] = /^(.+)-(create|update)$/.exec(event['type'] as string) ?? [];
  const revision = revisionAt(timestamp, verb === 'update' ? 'update' : 'whole');
  if (what === 'trace') {
    gathering.trace(textOf(body['id']), { ...body, timestamp: body['timestamp'] ?? timestamp }, source, revision);
  } else if (what === 'score') {
    gathering.score({ ...body, source: body['source'] ?? 'API', timestamp: body['timestamp'] ?? timestamp }, body, {
      revision,
    });
  } else if (what !== undefined && OBSERVED.has(what)) {
    // Updates of all sorts of observations may be called those of a span, which says nothing.
    const type = what === 'observation' || (what === 'span' && verb === 'update') ? undefined : what;
    sink.span(
      observationRecord(
        body,
        { source, revision, type, createdAt: verb === 'create' ? timestamp : undefined },
        gathering,
      ),
    );
  } else {
    const written = what === undefined ? 'sdk-log' : `${what}-${verb}`;
    sink.diagnostic(
      'mixed-format',
      `Ingestion events of the type ${written} tell of no observation; they were left out.`,
    );
  }
}

const OBSERVED: ReadonlySet<string> = new Set([
  'observation',
  'span',
  'event',
  'generation',
  'agent',
  'tool',
  'chain',
  'retriever',
  'evaluator',
  'embedding',
  'guardrail',
]);
