import type { Trace, Transcript, TranscriptLine } from '../../../src/core.ts';

/** Lines as they are read: `  assistant: hello`, `tool search {"q":1} → found`. */
export const written = (trace: Trace, { lines }: Pick<Transcript, 'lines'>): readonly string[] =>
  lines.map((line) => `${'  '.repeat(line.depth)}${words(line)} @${trace.span(line.index).name}${line.own ? '*' : ''}`);

function words(line: TranscriptLine): string {
  switch (line.type) {
    case 'agent':
      return `# ${line.name}`;
    case 'system':
      return `system${line.changed ? ' (changed)' : ''}: ${line.text}`;
    case 'said': {
      const text = 'text' in line.part ? line.part.text : line.part.type;
      const marks = `${line.summary ? ' (summary)' : ''}${line.repeats === null ? '' : ` (as line ${line.repeats})`}`;
      return `${line.role}${line.part.type === 'reasoning' ? ' thinks' : ''}${marks}: ${text}`;
    }
    case 'calls':
      return `calls ${line.names.join(', ')}`;
    case 'tool': {
      const told = line.failed ? `✗ ${line.message ?? ''}` : JSON.stringify(line.result);
      return `tool ${line.name} ${JSON.stringify(line.arguments)} → ${told}${line.attempt > 1 ? ` (attempt ${line.attempt})` : ''}`;
    }
    case 'step':
      return `${line.kind} ${line.name}: ${line.input ?? ''} → ${line.documents ?? line.output ?? ''}`;
    case 'history':
      return `-- ${line.history} ${line.dropped}`;
    case 'event':
      return `-- ${line.name}`;
    case 'error':
      return `✗ ${line.name}`;
  }
}
