import { amount, textOf } from '../../../model/attributes.ts';
import type { SpanKind } from '../../../model/types.ts';
import type { Attributes, Dialect, OwnValues, ProducedSpan } from '../../types.ts';

/** By the word under `span.type`, which is the last part of the span's name as well. */
const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['interaction', 'agent'],
  ['llm_request', 'llm'],
  ['tool', 'tool'],
  // Parts of a tool: another kind than `tool` keeps each from counting three times.
  ['tool.execution', 'span'],
  ['tool.blocked_on_user', 'span'],
  ['hook', 'guardrail'],
]);

/** Their spans are steps by their names alone. */
const SCOPES = ['com.anthropic.claude_code', 'qwen-code'];

/**
 * The spans of Claude Code, Qwen Code and their forks (code.claude.com, monitoring-usage; measured with
 * @anthropic-ai/claude-code 2.1.332): `claude_code.llm_request` and the like, whose keys have no prefix. Tokens are
 * Anthropic's, so what was read from and written to the cache stands beside `input_tokens`.
 */
export const claudeCode: Dialect = {
  name: 'claude_code',
  slots: { 'span.type': 'producer' },
  own: {
    scopes: SCOPES,
    // Those that nobody else calls so; the others have `span.type`.
    names: ['llm_request', 'blocked_on_user'],
    read(span) {
      const type = stepOf(span);
      const kind = type === null ? undefined : KINDS.get(type);
      return type === null || kind === undefined
        ? null
        : { step: kind, word: type, ...facts(span.attributes, type), ...spent(span, type) };
    },
  },
};

/** What the span is, by its name and `span.type` together; null where it is another program's. */
export function stepOf({
  name,
  scope,
  attributes,
}: Pick<ProducedSpan, 'name' | 'scope' | 'attributes'>): string | null {
  const type = textOf(attributes.get('span.type'));
  const dot = name.indexOf('.');
  const last = name.slice(dot + 1);
  if (SCOPES.some((begin) => scope.startsWith(begin))) return type ?? last;
  const called = dot > 0 && KINDS.has(last);
  if (type === null) return called && (last === 'llm_request' || last === 'tool.blocked_on_user') ? last : null;
  return called && type === last ? type : null;
}

function facts(attributes: Attributes, type: string): OwnValues {
  const text = (key: string): string | undefined => textOf(attributes.get(key)) ?? undefined;
  return {
    requestModel: text('model') ?? text('qwen-code.model'),
    ...(type === 'llm_request' ? tokens(attributes) : {}),
    firstTokenMillis: attributes.get('ttft_ms'),
    toolName: text('tool_name'),
    failureMessage: text('error'),
    // A subagent has a conversation of its own within the session.
    sessionId: text('session.id'),
  };
}

/**
 * What requests cost, which only log records tell: beside their call, or where they do not say which request it was, the
 * step around it, which is the execution of a tool for those of a subagent.
 */
function spent(span: ProducedSpan, type: string): OwnValues {
  if (type !== 'llm_request' && type !== 'interaction' && type !== 'tool.execution') return {};
  let cost: number | null = null;
  for (const { name, attributes } of span.events)
    if (name.endsWith('api_request')) cost = (cost ?? 0) + (amount(attributes.get('cost_usd')) ?? Number.NaN);
  return cost === null || Number.isNaN(cost) ? {} : { costTotal: cost };
}

/** Newer versions say the same again as `gen_ai.usage.*`, with the cache in it. */
function tokens(attributes: Attributes): OwnValues {
  if (attributes.has('gen_ai.usage.input_tokens')) return {};
  return {
    inputTokens: attributes.get('input_tokens'),
    outputTokens: attributes.get('output_tokens'),
    cacheRead: attributes.get('cache_read_tokens'),
    cacheWrite: attributes.get('cache_creation_tokens'),
    cacheBeside: amount(attributes.get('input_tokens')) !== null,
  };
}
