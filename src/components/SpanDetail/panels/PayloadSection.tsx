'use client';
import type { ReactNode } from 'react';
import type { Payload } from '../../../model/types.ts';
import type { TextAbout } from '../values/ShownText.tsx';
import { Section } from '../values/Section.tsx';
import { Value } from '../values/Value.tsx';

interface PayloadSectionProps {
  readonly title: ReactNode;
  readonly payload: Payload | null;
  readonly side: 'input' | 'output';
}

/** What went in or came out as a whole, as it was recorded. */
export function PayloadSection({ title, payload, side }: PayloadSectionProps) {
  return payload ? (
    <Section title={title}>
      <Value value={payload.text} mimeType={payload.mimeType} field="payload" id={side} about={ABOUT[side]} />
    </Section>
  ) : null;
}

const ABOUT: Readonly<Record<'input' | 'output', TextAbout>> = {
  input: { section: 'input' },
  output: { section: 'output' },
};
