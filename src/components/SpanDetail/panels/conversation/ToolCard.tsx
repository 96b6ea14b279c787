'use client';
import type { PartPlace, ToolPair, ToolRun } from '../../../../analysis/conversation/types.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { useSoon } from '../../../../hooks/useSoon.ts';
import { useTrace } from '../../../../hooks/useTrace.ts';
import type { Part } from '../../../../model/types.ts';
import { KindGlyph, Sign } from '../../../parts/icons.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { Arguments } from '../Arguments.tsx';
import { Jump } from '../Jump.tsx';
import { Value } from '../../values/Value.tsx';
import { Result } from '../Result.tsx';
import { ShownName } from '../ShownName.tsx';
import { ABOUT } from './about.ts';
import { useCall, type Call } from './CallContext.ts';

/** A result this long or longer says how long it is. */
const LONG = 200;

/** A call of a tool with what came back, and the way to the span that ran it. */
export function ToolCard({ pair }: { readonly pair: ToolPair }) {
  const { labels, format } = useTraceContext();
  const call = useCall();
  const asked = partAt(call, pair.call);
  const told = partAt(call, pair.result);
  const run = call.runs.get(pair.place);
  const failed = pair.failed || run?.status === 'error';
  const text = told?.type === 'toolResult' && typeof told.result === 'string' ? told.result : null;
  return (
    <div className="tv-card" data-kind="tool" data-tone={failed ? 'error' : undefined}>
      <header>
        <KindGlyph kind="tool" />
        <b>
          {pair.call && pair.name !== null ? (
            <ShownName id={`${placeOf(pair.call)}.name`} text={pair.name} about={ABOUT[pair.call.side]} />
          ) : (
            <bdi>{recordedText(pair.name ?? labels.result)}</bdi>
          )}
        </b>
        {failed ? (
          <span className="tv-badge" data-tone="error">
            <Sign name="error" size={10} />
            {labels.error}
          </span>
        ) : null}
        <span className="tv-aside">{run ? <Jump to={run.key}>{format.duration(run.duration)}</Jump> : null}</span>
      </header>
      {asked?.type === 'toolCall' ? (
        <Arguments value={asked.arguments} id={`${placeOf(pair.call!)}.arguments`} about={ABOUT[pair.call!.side]} />
      ) : null}
      {told?.type === 'toolResult' ? (
        <div className="tv-card-result">
          {text !== null && text.length >= LONG ? (
            <span className="tv-aside">{labels.characters(text.length, format.count(text.length))}</span>
          ) : null}
          {told.result === undefined || told.result === null || told.result === '' ? (
            <p className="tv-faint">{labels.emptyResult}</p>
          ) : (
            <Result
              value={told.result}
              id={`${placeOf(pair.result!)}.result`}
              about={ABOUT[pair.result!.side]}
              lines={4}
            />
          )}
        </div>
      ) : run ? (
        <RunResult run={run} />
      ) : pair.call?.side === 'input' ? (
        <p className="tv-faint">{labels.noResult}</p>
      ) : null}
    </div>
  );
}

/** What the span says that ran a call whose result no message holds: it is told to the model in a later call. */
function RunResult({ run }: { readonly run: ToolRun }) {
  const { labels } = useTraceContext();
  const trace = useTrace();
  const span = trace?.find(run.key);
  const content = useSoon(() => span?.content() ?? null, [trace, run.key]);
  if (!span || !content) return null;
  const result = content.tool?.result ?? content.output?.text;
  const failure = span.status === 'error' ? (span.statusMessage ?? labels.error) : null;
  if (failure === null && (result === undefined || result === '')) return null;
  return (
    <div className="tv-card-result">
      <Value value={failure ?? result} field="result" lines={3} />
    </div>
  );
}

/** Its place as a path in `SpanContent`. */
const placeOf = ({ side, message, part }: PartPlace): string => `messages.${side}[${message}].parts[${part}]`;

const partAt = ({ messages }: Call, place: PartPlace | null): Part | undefined =>
  place ? messages[place.side][place.message]?.parts[place.part] : undefined;
