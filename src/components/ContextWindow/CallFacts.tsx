'use client';
import type { AgentContext, ContextSize } from '../../analysis/contextWindow/types.ts';
import { useCompare } from '../../hooks/context/CompareContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Trace } from '../../model/types.ts';
import { recordedText } from '../text/recordedText.tsx';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { cacheWords, lostWords, sizeWords } from './callWords.ts';
import { Difference } from './Difference.tsx';
import { SECTIONS, Swatch } from './Swatch.tsx';

interface CallFactsProps {
  readonly trace: Trace;
  readonly agent: AgentContext;
  readonly place: number;
  onSelect(place: number): void;
}

/** One call: what fills its window, which tools most, what became of its cache, and the ways on. It is the legend too. */
export function CallFacts({ trace, agent: { calls }, place, onSelect }: CallFactsProps) {
  const { format } = useTraceContext();
  const words = useLaterLabels();
  const compare = useCompare();
  const call = calls[place]!;
  const { sections, input, limit, results, model, previous, previousPlace, cache } = call;
  const written = ({ tokens, characters }: ContextSize): string =>
    tokens === null ? format.count(characters) : format.tokens(tokens);
  const whole = SECTIONS.reduce((sum, section) => sum + sizeOf(sections[section]), 0);
  const lost = lostWords(call, words, format);
  return (
    <section className="tv-context-call" aria-label={words.contextCallNumber(format.count(place + 1))}>
      <h3>
        {words.contextCall(format.count(place + 1), format.count(calls.length))}
        {model === null ? null : <bdi className="tv-faint">{recordedText(model, true)}</bdi>}
      </h3>
      <p className="tv-context-size">
        {input === null ? words.contextCharacters : sizeWords(input, limit, words, format)}
      </p>
      <dl className="tv-context-sections">
        {SECTIONS.filter((section) => section !== 'unrecorded' || (sections.unrecorded.tokens ?? 0) > 0).map(
          (section) => (
            <div key={section}>
              <dt>
                <Swatch section={section} />
                {words.contextSection(section)}
              </dt>
              <dd>
                <span
                  className="tv-context-share"
                  aria-hidden="true"
                  style={{ inlineSize: `${whole === 0 ? 0 : (sizeOf(sections[section]) / whole) * 100}%` }}
                  data-section={section}
                />
                <span>
                  {section === 'output' || input === null || sections[section].tokens === 0 ? '' : '≈ '}
                  {section === 'output' && input !== null && sections.output.tokens === null
                    ? ''
                    : written(sections[section])}
                </span>
              </dd>
            </div>
          ),
        )}
      </dl>
      {results.length > 0 ? (
        <p className="tv-context-largest">
          <span className="tv-faint">{words.contextLargest} </span>
          {results.slice(0, 3).map(({ name, ...size }, at) => (
            <span key={at}>
              {at === 0 ? '' : ' · '}
              <bdi>{name === '' ? words.contextOther : recordedText(name.slice(0, 60), true)}</bdi>{' '}
              <b>{written(size)}</b>
            </span>
          ))}
        </p>
      ) : null}
      <p className="tv-context-verdict" data-cause={cache.cause ?? undefined}>
        {cacheWords(call, words, format)}
        {lost === '' ? null : <b> {lost}</b>}
      </p>
      {cache.difference ? <Difference difference={cache.difference} /> : null}
      <p className="tv-context-ways">
        <button type="button" className="tv-button tv-small" onClick={() => onSelect(place)}>
          {words.contextShow}
        </button>
        {compare && previous !== null && previousPlace !== null ? (
          <button
            type="button"
            className="tv-button tv-small"
            onClick={() => compare.start({ trace, key: previous }, { trace, key: call.key })}
          >
            {words.contextCompare(format.count(previousPlace + 1))}
          </button>
        ) : null}
      </p>
    </section>
  );
}

const sizeOf = ({ tokens, characters }: ContextSize): number => tokens ?? characters;
