'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { Message, Part, SpanContent } from '../../../model/types.ts';
import { KindGlyph, Sign } from '../../parts/icons.tsx';
import { recordedText } from '../../text/recordedText.tsx';
import { Facts } from './Facts.tsx';
import { LongText, TextOrJson, Value } from './LongText.tsx';

/** Longer input messages start closed, except the last: the reader comes for what is new. */
const FOLD_FROM = 700;

/** The conversation that the model saw, and what it answered. */
export function Messages({ content }: { readonly content: SpanContent }) {
  const { labels } = useTraceContext();
  const { input, output } = content.messages ?? { input: [], output: [] };
  const names = toolNames([...input, ...output]);
  const [settings, rest] = splitParameters(content.parameters, content.toolDefinitions.length > 0);
  return (
    <>
      <Facts facts={settings} />
      {Object.keys(rest).length > 0 ? (
        <details className="tv-fold-text">
          <summary>{Object.keys(rest).join(', ')}</summary>
          <Value value={rest} />
        </details>
      ) : null}
      {content.toolDefinitions.length > 0 ? (
        <details className="tv-message">
          <summary>
            <Sign name="right" size={8} />
            <b>{labels.tools}</b>
            <span className="tv-preview">{content.toolDefinitions.map(({ name }) => name).join(', ')}</span>
          </summary>
          {content.toolDefinitions.map((tool, place) => (
            <div key={place} className="tv-card">
              <header>
                <KindGlyph kind="tool" />
                <b>{recordedText(tool.name)}</b>
              </header>
              {tool.description === undefined ? null : <LongText text={tool.description} />}
              {tool.parameters === undefined ? null : <Value value={tool.parameters} />}
            </div>
          ))}
        </details>
      ) : null}
      {input.map((message, place) => (
        <MessageView
          key={place}
          message={message}
          names={names}
          side="input"
          folded={place < input.length - 1 && (message.role === 'system' || lengthOf(message) > FOLD_FROM)}
        />
      ))}
      {output.map((message, place) => (
        <MessageView key={`out${place}`} message={message} names={names} side="output" folded={false} />
      ))}
    </>
  );
}

interface MessageViewProps {
  readonly message: Message;
  readonly names: ReadonlyMap<string, string>;
  readonly side: 'input' | 'output';
  readonly folded: boolean;
}

function MessageView({ message, names, side, folded }: MessageViewProps) {
  const { labels } = useTraceContext();
  const calls = message.parts.filter(({ type }) => type === 'toolCall').length;
  return (
    <details className="tv-message" data-side={side} open={!folded}>
      <summary>
        <Sign name="right" size={8} />
        <b>{labels.role(message.role)}</b>
        {message.name === undefined ? null : <bdi className="tv-faint">{recordedText(message.name, true)}</bdi>}
        <span className="tv-preview">{recordedText(preview(message), true)}</span>
        <span className="tv-aside">
          {[
            calls > 0 ? labels.toolCalls(calls) : null,
            message.finishReason === undefined ? null : labels.finish(message.finishReason),
          ]
            .filter((word) => word !== null)
            .join(' · ')}
        </span>
      </summary>
      {message.parts.map((part, place) => (
        <PartView key={place} part={part} names={names} />
      ))}
    </details>
  );
}

function PartView({ part, names }: { readonly part: Part; readonly names: ReadonlyMap<string, string> }) {
  const { labels } = useTraceContext();
  switch (part.type) {
    case 'text':
      return <TextOrJson text={part.text} />;
    case 'reasoning':
      return (
        <div className="tv-reasoning">
          <span className="tv-aside">{labels.reasoning}</span>
          <LongText text={part.text} />
        </div>
      );
    case 'refusal':
      return (
        <div className="tv-reasoning">
          <span className="tv-aside">{labels.refusal}</span>
          <LongText text={part.text} />
        </div>
      );
    case 'toolCall':
      return (
        <div className="tv-card" data-kind="tool">
          <header>
            <KindGlyph kind="tool" />
            <b>
              <bdi>{recordedText(part.name)}</bdi>
            </b>
          </header>
          <Value value={part.arguments} />
        </div>
      );
    case 'toolResult': {
      const name = part.name ?? (part.id === undefined ? undefined : names.get(part.id));
      return (
        <div className="tv-card" data-kind="tool" data-tone={part.error ? 'error' : undefined}>
          <header>
            <KindGlyph kind="tool" />
            <b>
              <bdi>{recordedText(name ?? labels.result)}</bdi>
            </b>
            <span className="tv-aside">{name === undefined ? '' : labels.result}</span>
          </header>
          <Value value={part.result} />
        </div>
      );
    }
    case 'unknown':
      return <Value value={part.value} />;
    default:
      return (
        <p className="tv-media">
          {labels.media(part.mimeType ?? part.type)}
          {part.uri === undefined ? null : <bdi> {recordedText(part.uri)}</bdi>}
          {part.transcript === undefined ? null : <LongText text={part.transcript} />}
        </p>
      );
  }
}

/** Call id → name of the tool: results name their call only by id. */
function toolNames(messages: readonly Message[]): ReadonlyMap<string, string> {
  return new Map(
    messages.flatMap(({ parts }) =>
      parts.flatMap((part) =>
        part.type === 'toolCall' && part.id !== undefined ? [[part.id, part.name] as const] : [],
      ),
    ),
  );
}

const textOfPart = (part: Part): string =>
  part.type === 'text' || part.type === 'reasoning' || part.type === 'refusal'
    ? part.text
    : part.type === 'toolCall'
      ? part.name
      : part.type === 'toolResult' && typeof part.result === 'string'
        ? part.result
        : '';
const preview = ({ parts }: Message): string => (parts[0] ? textOfPart(parts[0]).slice(0, 160) : '');
const lengthOf = ({ parts }: Message): number => parts.reduce((sum, part) => sum + textOfPart(part).length, 0);

/** Settings that fit on a line (temperature, seed, …), and the rest (response formats, …); tools are said once. */
function splitParameters(
  parameters: Readonly<Record<string, unknown>>,
  toolsAreShown: boolean,
): readonly [facts: readonly (readonly [string, string])[], rest: Readonly<Record<string, unknown>>] {
  const facts: [string, string][] = [];
  const rest: [string, unknown][] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (toolsAreShown && (name === 'tools' || name === 'functions')) continue;
    if (value !== null && typeof value === 'object') rest.push([name, value]);
    else facts.push([name, String(value)]);
  }
  return [facts, Object.fromEntries(rest)];
}
