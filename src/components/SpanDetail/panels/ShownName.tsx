'use client';
import { useReveal } from '../../../hooks/context/FindContext.ts';
import { ShownText, type TextAbout } from '../values/ShownText.tsx';

/** A recorded name, with what is looked for marked in it. `id` is its place as a path in `SpanContent`. */
export function ShownName({
  id,
  text,
  about,
}: {
  readonly id: string;
  readonly text: string;
  readonly about?: TextAbout;
}) {
  return (
    <bdi>
      <ShownText text={text} reveal={useReveal(id)} about={about} />
    </bdi>
  );
}
