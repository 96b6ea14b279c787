'use client';
import type { AgentContext } from '../../analysis/contextWindow/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Stat } from '../parts/Stat.tsx';
import { plainText } from '../text/recordedText.tsx';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { sizeWords } from './callWords.ts';

interface ContextHeadProps {
  readonly agents: readonly AgentContext[];
  readonly agent: AgentContext;
  onAgent(key: string): void;
}

/** So many agents are offered, the fullest first. */
const OFFERED = 300;

/** Which agent, how full its window was, what was read from the cache, and what was lost. */
export function ContextHead({ agents, agent, onAgent }: ContextHeadProps) {
  const { format } = useTraceContext();
  const words = useLaterLabels();
  const { calls, peak, cached, lost } = agent;
  const fullest = calls[peak];
  return (
    <header className="tv-context-head">
      {agents.length > 1 ? (
        <select
          className="tv-picker"
          aria-label={words.contextAgent}
          value={agent.key ?? ''}
          onChange={(event) => onAgent(event.target.value)}
        >
          {agents.slice(0, OFFERED).map(({ key, name, calls: { length } }) => (
            <option key={key ?? ''} value={key ?? ''}>
              {words.contextAgentChoice(
                name === null ? words.contextNoAgent : plainText(name).slice(0, 60),
                length,
                format.count(length),
              )}
            </option>
          ))}
        </select>
      ) : null}
      <dl className="tv-stats">
        {fullest ? (
          <Stat label={words.contextPeak} note={words.contextAtCall(format.count(peak + 1))}>
            {sizeWords(fullest.input!, fullest.limit, words, format)}
          </Stat>
        ) : null}
        {cached && cached.input > 0 ? (
          <Stat label={words.contextCached}>{format.count((cached.read / cached.input) * 100)} %</Stat>
        ) : null}
        <Stat label={cached === null ? words.contextChanged : words.contextLost}>
          {words.contextTimes(lost.calls, format.count(lost.calls))}
        </Stat>
        {lost.tokens ? (
          <Stat label={cached === null ? words.contextAgainTokens : words.contextLostTokens}>
            {words.contextAbout(`${format.tokens(lost.tokens)} tok`)}
          </Stat>
        ) : null}
        {lost.cost && lost.cost.amount > 0 ? (
          <Stat label={words.contextLostCost}>
            {words.contextAbout(format.money(lost.cost.amount, lost.cost.currency))}
          </Stat>
        ) : null}
      </dl>
    </header>
  );
}
