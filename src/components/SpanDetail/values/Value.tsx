'use client';
import { useState, type ReactNode } from 'react';
import { useMatchIn, type Reveal } from '../../../hooks/context/FindContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import { ownValue } from '../../../model/ownValue.ts';
import type { ValueView } from '../../../store/types.ts';
import { JsonView } from './json/JsonView.tsx';
import { MarkdownView } from './MarkdownView.tsx';
import { Rendered } from './Rendered.tsx';
import { WhitespaceContext, type TextAbout } from './ShownText.tsx';
import { TextView } from './TextView.tsx';
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
  const reveal = useMatchIn(id);
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
        <Shown {...props} lines={lines} view={view} reveal={reveal} />
      </WhitespaceContext.Provider>
    </div>
  );
}

interface ShownProps extends ValueProps {
  readonly view: ValueView;
  readonly lines: number;
  readonly reveal: Reveal | null;
}

/** A value in the view that is chosen, as the host draws it or as we do. */
function Shown({ value, field, mimeType, view, about, lines, reveal }: ShownProps) {
  const look = { about, lines, reveal };
  if (view === 'json')
    return (
      <Rendered name="json" value={{ value, field, mimeType }} about={value}>
        <JsonView value={value} {...look} />
      </Rendered>
    );
  return (
    <AsText value={value}>
      {(text) => (
        <Rendered name={view} value={{ text, field, mimeType }} about={text}>
          {view === 'markdown' ? (
            <MarkdownView text={text} {...look} />
          ) : (
            <TextView text={text} {...look} numbers={view === 'code'} />
          )}
        </Rendered>
      )}
    </AsText>
  );
}

/** Structure is written out as JSON first. */
function AsText({ value, children }: { readonly value: unknown; children(text: string): ReactNode }) {
  const { labels } = useTraceContext();
  const text = useSteps(() => valueText(value), [value]);
  return text === undefined ? <p className="tv-faint">{labels.preparing}</p> : children(text);
}
