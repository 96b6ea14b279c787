import type { ContentList, ContentSource, RemoteContents } from '../../model/entry.ts';
import type { MovedContent } from './messages.ts';
import { arrivedContent } from './movedContent.ts';
import type { MovedTrace } from './movedTraces.ts';
import type { WorkerLink } from './workerLink.ts';

/** What the spans of a trace hold, where a worker has it. */
export function contentsInWorker(
  link: WorkerLink,
  trace: number,
  { hashes, scopes }: Pick<MovedTrace, 'hashes' | 'scopes'>,
): ContentList {
  const at = (index: number): ContentSource => ({
    hash: () => hashes.get(index) ?? index,
    scopeName() {
      const number = scopes?.numbers[index] ?? 0;
      return number === 0 ? null : scopes!.names[number - 1]!;
    },
    decode: async (origin, key) =>
      arrivedContent((await link.ask({ type: 'content', trace, index, origin, key })) as MovedContent),
  });
  const remote: RemoteContents = {
    ask: (work, given, signal) => link.askAll({ type: 'work', trace, work, given }, signal),
    close: () => link.close(new Error('The traces were closed: what their spans hold cannot be read any more.')),
  };
  return { at, remote };
}
