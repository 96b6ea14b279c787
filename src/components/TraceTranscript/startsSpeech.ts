import type { TranscriptLine } from '../../analysis/transcript/types.ts';

/** Whether a line says who speaks: the first of what one speaker says in a row, and of each answer of a model. */
export function startsSpeech(lines: readonly TranscriptLine[], before: number | null, place: number): boolean {
  const line = lines[place]!;
  const previous = before === null ? undefined : lines[before];
  return (
    line.own ||
    line.type !== 'said' ||
    previous?.type !== 'said' ||
    previous.role !== line.role ||
    previous.name !== line.name ||
    previous.index !== line.index
  );
}
