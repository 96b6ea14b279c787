import type { TextAbout } from '../../values/ShownText.tsx';

/** Which part of the span messages are of, for queries that ask for one part. */
export const ABOUT: Readonly<Record<'input' | 'output', TextAbout>> = {
  input: { section: 'input' },
  output: { section: 'output' },
};
