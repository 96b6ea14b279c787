import { argumentDigest } from '../analysis/conversation/argumentDigest.ts';
import { transcript } from '../analysis/transcript/transcript.ts';
import type { TranscriptLine } from '../analysis/transcript/types.ts';
import type { StepsOptions } from '../analysis/steps.ts';
import { toJson } from '../conventions/toJson.ts';
import type { Trace } from '../model/types.ts';

/** Letters of a tool's result, and of what goes in and out of other steps. */
const SHORT = 400;

/**
 * A trace as one conversation in plain text: a line of who speaks, what is said below it whole, tools and other steps in a
 * line or two. Indented as sub-agents are. Masked as contents are.
 */
export async function transcriptText(trace: Trace, options: StepsOptions = {}): Promise<string> {
  const { lines } = await transcript(trace, options);
  return lines
    .map((line) => {
      const indent = '  '.repeat(Math.min(line.depth, 20));
      return told(line)
        .split('\n')
        .map((row) => `${row === '' ? '' : indent}${row}\n`)
        .join('');
    })
    .join('\n');
}

function told(line: TranscriptLine): string {
  switch (line.type) {
    case 'agent':
      return `## ${line.name}`;
    case 'system':
      return `System${line.changed ? ', changed' : ''}:\n${line.text}`;
    case 'said':
      return `${speaker(line)}:\n${line.repeats === null ? words(line.part) : '(the same words as above)'}`;
    case 'calls':
      return `Assistant asks for ${line.names.join(', ')}`;
    case 'tool': {
      const given = argumentDigest({ tool: { name: line.name, arguments: line.arguments }, input: null }, 200) ?? '';
      const attempt = line.attempt > 1 ? `, attempt ${line.attempt}` : '';
      const failure = line.failed ? `\n  FAILED${line.message === null ? '' : `: ${line.message}`}` : '';
      const result = line.result === undefined || line.result === null ? '' : `\n  → ${short(line.result)}`;
      return `Tool ${line.name}${attempt} ${given}${failure}${result}`;
    }
    case 'step':
      return [
        `${line.kind} ${line.name}`,
        ...(line.input === null ? [] : [`  ${short(line.input)}`]),
        ...(line.documents === null ? [] : [`  → ${line.documents} documents`]),
        ...(line.output === null ? [] : [`  → ${short(line.output)}`]),
        ...(line.failed ? [`  FAILED${line.message === null ? '' : `: ${line.message}`}`] : []),
      ].join('\n');
    case 'history':
      return `-- history ${line.history}${line.dropped > 0 ? `, ${line.dropped} messages are not sent any more` : ''}`;
    case 'event':
      return `-- ${line.name}${line.text === null ? '' : `: ${short(line.text)}`}`;
    case 'error':
      return `FAILED ${line.name}${line.message === null ? '' : `: ${line.message}`}`;
  }
}

type Said = Extract<TranscriptLine, { type: 'said' }>;

function speaker({ role, name, part }: Said): string {
  const who = `${role.slice(0, 1).toUpperCase()}${role.slice(1)}${name === null ? '' : ` ${name}`}`;
  return part.type === 'reasoning' ? `${who}, reasoning` : who;
}

function words(part: Said['part']): string {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return part.text;
    case 'unknown':
      return toJson(part.value);
    default:
      return `[${part.mimeType ?? part.type}]${part.transcript === undefined ? '' : ` ${part.transcript}`}`;
  }
}

function short(value: unknown): string {
  const text = (typeof value === 'string' ? value : toJson(value)).replaceAll(/\s+/g, ' ').trim();
  if (text.length <= SHORT) return text;
  const cut = text.slice(0, SHORT);
  const mark = cut.lastIndexOf('⟦');
  const whole = mark > cut.lastIndexOf('⟧') ? cut.slice(0, mark) : cut.replace(/[\uD800-\uDBFF]$/, '');
  return `${whole}…`;
}
