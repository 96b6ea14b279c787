'use client';
import { useState } from 'react';
import { useReveal } from '../../../hooks/context/FindContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import { ownValue } from '../../../model/ownValue.ts';
import type { ValueView } from '../../../store/types.ts';
import { JsonView } from './JsonView.tsx';
import { WhitespaceContext, type TextAbout } from './ShownText.tsx';
import { TextView, type TextViewProps } from './TextView.tsx';
import { useSteps } from './useSteps.ts';
import { ValueTools } from './ValueTools.tsx';
import { valueText } from './valueText.ts';
import { viewOf, viewsOf } from './viewsOf.ts';

export interface ValueProps {
  /** A text as recorded, or structure: plain data, a Map, bytes. */
  readonly value: unknown;
  /**
   * The kind of field that it stands in, in a word of ours: `message`, `arguments`, `result`, `attribute`. How
   * somebody chose to look at one is how the next one is looked at.
   */
  readonly field: string;
  /** What the file says it is, where it says so. */
  readonly mimeType?: string | undefined;
  /** Its place as a path in `SpanContent`, by which find knows it: `messages.input[3].parts[0].text`. */
  readonly id?: string | undefined;
  /** Which part of the span it is of, for queries that ask for one part. Keep the object outside of drawing. */
  readonly about?: TextAbout | undefined;
  /** How it is looked at without anybody's choice. @default what it looks like */
  readonly view?: ValueView | undefined;
  /** Lines, or rows of structure, that are shown before somebody asks for all. @default 30 */
  readonly lines?: number;
}

/** Texts that are shorter and of one line need no buttons. */
const SHORT = 100;

/**
 * Any recorded value, as text, Markdown, JSON or code. Never markup, never a request; of any length, as only what is in
 * view is in the page.
 */
export function Value(props: ValueProps) {
  const { value, field, mimeType, id, about, view: preferred, lines = 30 } = props;
  const { store } = useTraceContext();
  const chosen = useTraceStore((state) => ownValue(state.valueViews, field));
  const [whitespace, setWhitespace] = useState(false);
  const reveal = useReveal(id);
  const views = viewsOf(value, mimeType, preferred);
  const view = viewOf(views, chosen);
  if (typeof value !== 'object' || value === null) {
    const text = String(value);
    if (text.length <= SHORT && !text.includes('\n') && views[0] === 'text')
      return <TextView text={text} reveal={reveal} about={about} mono={typeof value !== 'string'} />;
  }
  return (
    <div className="tv-shown-value" data-view={view}>
      <ValueTools
        value={value}
        views={views}
        view={view}
        whitespace={whitespace}
        onView={(next) => store.actions.showValuesAs(field, next)}
        onWhitespace={() => setWhitespace(!whitespace)}
      />
      <WhitespaceContext.Provider value={whitespace}>
        {view === 'json' ? (
          <JsonView value={value} reveal={reveal} about={about} lines={lines} />
        ) : (
          <AsText value={value} reveal={reveal} about={about} lines={lines} numbers={view === 'code'} />
        )}
      </WhitespaceContext.Provider>
    </div>
  );
}

/** Structure is written out as JSON first. */
function AsText({ value, ...view }: Omit<TextViewProps, 'text'> & { readonly value: unknown }) {
  const { labels } = useTraceContext();
  const text = useSteps(() => valueText(value), [value]);
  return text === undefined ? <p className="tv-faint">{labels.preparing}</p> : <TextView text={text} {...view} />;
}
