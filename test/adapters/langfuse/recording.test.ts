import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { langfuseExport } from '../../../src/adapters/langfuse/langfuse.ts';
import { parseTraces } from '../../../src/core.ts';
import { dump } from '../../model/dump.ts';

const fixtures = new URL('../../fixtures/langfuse/', import.meta.url);
const load = async (file: string) => {
  const { traces, diagnostics } = await parseTraces(readFileSync(new URL(file, fixtures)), {
    adapters: [langfuseExport],
  });
  const scores = traces.flatMap((trace) => [...trace.scores, ...[...trace.spans()].flatMap((span) => span.scores)]);
  // Metadata of scores tells when each came, which the file of the API does not record.
  return {
    scores: scores.map(({ metadata: _, ...score }) => score),
    ...dump({ format: '', traces, diagnostics, accounting: { entries: 0, shown: 0, merged: 0, skipped: 0 } }),
  };
};

describe.skipIf(!existsSync(fixtures))('batches of the client', () => {
  it('say what the API says of their trace', async () => {
    const [batches, api] = [await load('parcel-claim.batch.jsonl'), await load('parcel-claim.trace.json')];
    expect(batches.traces[0]!.spans).toEqual(api.traces[0]!.spans);
    expect(batches.scores).toEqual(api.scores);
    expect(batches.traces[0]).toMatchObject({
      name: 'parcel-claim',
      tags: api.traces[0]!.tags,
      userId: api.traces[0]!.userId,
      sessionId: api.traces[0]!.sessionId,
    });
    // The server adds facts of its own.
    expect(api.traces[0]!.metadata).toMatchObject(batches.traces[0]!.metadata);
    expect(batches.diagnostics).toEqual(api.diagnostics);
  });
});
