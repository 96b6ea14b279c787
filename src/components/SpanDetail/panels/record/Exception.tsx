'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { textOf } from '../../../../model/attributes.ts';
import type { AttributeValue } from '../../../../model/types.ts';
import { Sign } from '../../../parts/icons.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { Value } from '../../values/Value.tsx';
import { StackTrace } from './StackTrace.tsx';

/** What was thrown, what it said, and where. */
export function Exception({
  attributes,
  path,
}: {
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** Place of the attributes in `SpanContent`. */
  readonly path?: string;
}) {
  const { labels } = useTraceContext();
  const stack = textOf(attributes.get('exception.stacktrace'));
  const id = (key: string): { readonly id?: string } => (path === undefined ? {} : { id: `${path}.${key}` });
  const message = textOf(attributes.get('exception.message'));
  return (
    <>
      <h4>
        <Sign name="error" />
        <bdi>{recordedText(textOf(attributes.get('exception.type')) ?? labels.error)}</bdi>
      </h4>
      {message === null ? null : <Value value={message} field="attribute" {...id('exception.message')} />}
      {stack === null ? null : <StackTrace text={stack} {...id('exception.stacktrace')} />}
    </>
  );
}

/** Attributes that `Exception` shows. */
export const SAID_BY_EXCEPTION: ReadonlySet<string> = new Set([
  'exception.type',
  'exception.message',
  'exception.stacktrace',
]);
