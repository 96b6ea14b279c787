'use client';
import type { ContextSection } from '../../analysis/contextWindow/types.ts';

/** In the order in which they stand on each other. */
export const SECTIONS: readonly ContextSection[] = [
  'unrecorded',
  'tools',
  'system',
  'history',
  'toolResults',
  'input',
  'output',
];

/** Lines of each, where color says nothing: how far apart, and which way. */
const LINES: Readonly<Record<ContextSection, string>> = {
  unrecorded: 'M0 6h.01',
  tools: 'M0 2h8M0 6h8',
  system: 'M2 0v8M6 0v8',
  history: 'M0 8 8 0',
  toolResults: 'M0 0 8 8M0 4l4 4M4 0l4 4',
  input: 'M0 0 8 8M0 8 8 0',
  output: 'M0 0h8v8H0z',
};

/** Patterns in place of colors, for the drawings of one picture. */
export function SectionPatterns({ id }: { readonly id: string }) {
  return (
    <defs>
      {SECTIONS.map((section) => (
        <pattern key={section} id={`${id}-${section}`} width="8" height="8" patternUnits="userSpaceOnUse">
          <path
            d={LINES[section]}
            className="tv-context-lines"
            fill={section === 'output' ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth={section === 'unrecorded' ? 2 : 1}
            strokeLinecap="round"
          />
        </pattern>
      ))}
    </defs>
  );
}

/** The color or pattern of a section, beside its name. */
export function Swatch({ section }: { readonly section: ContextSection }) {
  return (
    <svg className="tv-context-swatch" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <rect className="tv-context-area" data-section={section} width="12" height="12" rx="2" />
      <svg className="tv-context-hatch" width="12" height="12" viewBox="0 0 8 8">
        <path d={LINES[section]} fill={section === 'output' ? 'currentColor' : 'none'} stroke="currentColor" />
      </svg>
    </svg>
  );
}
