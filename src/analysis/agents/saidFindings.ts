import { ERROR_STATUS, kindCode } from '../../model/codes.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import type { AttributeValue, Span, SpanContent, Trace } from '../../model/types.ts';
import { contentOf } from '../query/match/matchQuery.ts';
import type { StepsOptions } from '../steps.ts';
import { outputText } from '../diff/signs/recordedTexts.ts';
import { firstLine } from './errorFindings.ts';
import { found, type Finding } from './findingWords.ts';

/** Contents of so many steps are read; of a longer trace, those of the first. */
const READ_AT_MOST = 5000;
const CUT_OFF = /^(?:length|max_?tokens|max_output_tokens|token_limit|model_length)$/i;
const FILTERED = /^(?:content_?filter(?:ed)?|safety|refusal|recitation|prohibited_content|guardrail_intervened)$/i;
/** How tools and their keepers begin to say no. */
const REFUSED =
  /^[\s"'{[(<]*(?:(?:error|message|status|result|reason|output)["']?\s*[:=]\s*["']?)*(?:(?:permission|access|request|tool (?:use|call)|action)\s+(?:was\s+|is\s+)?(?:denied|refused|rejected|forbidden|not allowed)|(?:denied|refused|rejected|forbidden|unauthori[sz]ed|not (?:allowed|permitted|authori[sz]ed))\b|(?:the )?user (?:declined|denied|rejected|refused|does ?n.t want)|40[13]\b)/i;
const GOOD = ['passed', 'pass', 'allowed', 'valid', 'safe', 'is_valid', 'is_safe', 'compliant'];
const BAD = ['flagged', 'blocked', 'violation', 'violated', 'tripwire_triggered', 'tripwireTriggered', 'unsafe'];
const STOPPED = /^(?:fail(?:ed|ure)?|block(?:ed)?|den(?:y|ied)|reject(?:ed)?|invalid|unsafe|flagged|incorrect)$/i;
const LLM = kindCode('llm');
const TOOL = kindCode('tool');
const JUDGES: ReadonlySet<number> = new Set((['guardrail', 'evaluator'] as const).map(kindCode));

interface Said {
  readonly code: 'truncated' | 'filtered' | 'refused' | 'verdict' | 'score';
  readonly facts: Readonly<Record<string, string>>;
}

/**
 * What steps say of themselves that no status tells: answers that were cut off or held back, tools that were refused,
 * guardrails and evaluators that said no, bad scores. Equal ones are one. Reads contents, in slices.
 */
export async function saidFindings(trace: Trace, { signal }: StepsOptions = {}): Promise<readonly Finding[]> {
  const { kind, status } = trace.columns;
  const yieldTurn = createTimeSlices({ signal });
  const groups = new Map<string, { readonly said: Said; readonly spans: number[] }>();
  let read = 0;
  for (let index = 0; index < trace.spanCount; index += 1) {
    const turn = yieldTurn();
    if (turn) await turn;
    const span = trace.span(index);
    const told: Said[] = [...badScores(span)];
    const speaks = kind[index] === LLM || kind[index] === TOOL || JUDGES.has(kind[index]!);
    if (speaks && status[index] !== ERROR_STATUS && read < READ_AT_MOST) {
      read += 1;
      const content = await contentOf(trace, index);
      const own = content && saidBy(kind[index]!, content);
      if (own) told.push(own);
    }
    for (const said of told) {
      const id = JSON.stringify([said.code, span.name, said.facts]);
      const group = groups.get(id);
      if (group) group.spans.push(index);
      else groups.set(id, { said, spans: [index] });
    }
  }
  return Array.from(groups.values(), ({ said, spans }) =>
    found(
      said.code,
      'warning',
      spans.map((index) => trace.span(index).key),
      { name: trace.span(spans[0]!).name, times: spans.length, ...said.facts },
    ),
  );
}

function saidBy(kind: number, content: SpanContent): Said | null {
  if (kind === LLM) {
    const reasons = finishReasons(content);
    if (reasons.some((reason) => CUT_OFF.test(reason))) return { code: 'truncated', facts: {} };
    const refuses = content.messages?.output.some(({ parts }) => parts.some(({ type }) => type === 'refusal'));
    return refuses || reasons.some((reason) => FILTERED.test(reason)) ? { code: 'filtered', facts: {} } : null;
  }
  if (kind === TOOL) {
    const text = typeof content.tool?.result === 'string' ? content.tool.result : outputText(content);
    return REFUSED.test(text.slice(0, 200)) ? { code: 'refused', facts: { why: firstLine(text) } } : null;
  }
  const answer: unknown = content.output?.json();
  if (!isObject(answer)) return null;
  const says = (names: readonly string[], value: boolean): boolean =>
    names.some((name) => Object.hasOwn(answer, name) && answer[name] === value);
  const action = ['action', 'decision', 'verdict', 'status', 'result'].find(
    (name) => Object.hasOwn(answer, name) && typeof answer[name] === 'string' && STOPPED.test(answer[name]),
  );
  if (!says(GOOD, false) && !says(BAD, true) && action === undefined) return null;
  const reason = ['reason', 'explanation', 'rationale', 'message'].find(
    (name) => Object.hasOwn(answer, name) && typeof answer[name] === 'string',
  );
  return { code: 'verdict', facts: { why: reason === undefined ? '' : firstLine(answer[reason] as string) } };
}

function finishReasons({ messages, attributes }: SpanContent): readonly string[] {
  const recorded: readonly (AttributeValue | undefined)[] = ['gen_ai.response.finish_reasons', 'llm.finish_reason'].map(
    (key) => attributes.get(key),
  );
  const told = messages?.output.map(({ finishReason }) => finishReason) ?? [];
  return [...recorded, ...told].flat().filter((reason) => typeof reason === 'string');
}

/** Scores that say in a word that it was not good. What a number means only the host knows: that is a rule of it. */
const badScores = ({ scores }: Span): readonly Said[] =>
  scores.flatMap(({ name, label }) =>
    label !== null && STOPPED.test(label.trim()) ? [{ code: 'score', facts: { score: name, value: label } }] : [],
  );

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
