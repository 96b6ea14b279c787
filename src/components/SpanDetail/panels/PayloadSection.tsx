'use client';
import type { ReactNode } from 'react';
import type { Payload } from '../../../model/types.ts';
import { Value } from '../values/Value.tsx';
import { Section } from '../values/Section.tsx';

/** JSON is opened when its type says so or it looks like it; a value that is no JSON stays as it was recorded. */
export function PayloadSection({ title, payload }: { readonly title: ReactNode; readonly payload: Payload | null }) {
  if (!payload) return null;
  const structured =
    payload.mimeType === 'application/json' || /^\s*[[{]/.test(payload.text) ? payload.json() : undefined;
  return (
    <Section title={title}>
      <Value value={structured === undefined ? payload.text : structured} field="payload" />
    </Section>
  );
}
