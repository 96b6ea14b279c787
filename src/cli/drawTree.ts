import { ledger } from '../analysis/amounts/ledger.ts';
import { createFormat } from '../format.ts';
import type { Span, Trace } from '../model/types.ts';
import { visibleControls } from '../visibleControls.ts';

/** How a terminal shows tone; without colours all of these give their text. */
export interface Paint {
  faint(text: string): string;
  error(text: string): string;
  warn(text: string): string;
  strong(text: string): string;
}

export const createPaint = (colours: boolean): Paint => {
  const code =
    (number: number) =>
    (text: string): string =>
      colours && text !== '' ? `\u001B[${number}m${text}\u001B[0m` : text;
  return { faint: code(2), error: code(31), warn: code(33), strong: code(1) };
};

/** Recorded text must not speak to the terminal: control characters are written out, lines joined. */
export const oneLine = (text: string): string => visibleControls(text.replaceAll(/\r\n|[\r\n\t]/g, ' '));

const format = createFormat('en', 'UTC');

/**
 * One line per span: duration, tokens and cost of the span with all below it, then the tree. Spans below `depth` are
 * counted, not drawn.
 */
export function* drawTree(trace: Trace, paint: Paint, depth = Infinity): Generator<string> {
  const { subtreeEnd, depth: depths } = trace.columns;
  const { subtree } = ledger(trace);
  /** Whether a further sibling follows, for each level above the span. */
  const follows: boolean[] = [];
  for (let index = 0; index < trace.spanCount; index += 1) {
    const span = trace.span(index);
    const level = depths[index]!;
    const end = subtreeEnd[index]!;
    const { parent } = span;
    follows[level] = parent === null ? false : end < subtreeEnd[parent.index]!;
    follows.length = level + 1;
    const { usage, cost } = subtree(index);
    const numbers = [
      (trace.timeBasis === 'step' ? '' : format.duration(span.duration)).padStart(9),
      (usage.total === null ? '' : format.tokens(usage.total)).padStart(7),
      (cost.total === null ? '' : format.money(cost.total, cost.currency)).padStart(9),
    ].join('');
    yield `${paint.faint(numbers)}  ${paint.faint(guides(follows))}${label(span, paint)}`;
    if (level < depth || end === index + 1) continue;
    const goesOn = guides(follows).replace(/[├└]─ $/, (last) => (last.startsWith('├') ? '│  ' : '   '));
    yield `${' '.repeat(25)}  ${paint.faint(`${goesOn}… ${format.count(end - index - 1)} more below`)}`;
    index = end - 1;
  }
}

/** A chain of a hundred thousand is not drawn to scale: beyond so many levels their number is written. */
const LEVELS_DRAWN = 40;

function guides(follows: readonly boolean[]): string {
  if (follows.length === 1) return '';
  const drawn = follows
    .slice(1, -1)
    .slice(0, LEVELS_DRAWN)
    .map((more) => (more ? '│  ' : '   '))
    .join('');
  const beyond = follows.length - 2 - LEVELS_DRAWN;
  return `${drawn}${beyond > 0 ? `(+${beyond}) ` : ''}${follows.at(-1) ? '├─ ' : '└─ '}`;
}

const SIGNS: Readonly<Record<string, string>> = { error: '✗ ', warning: '! ', running: '… ' };

function label(span: Span, paint: Paint): string {
  const { kind, name, model, service, status, statusMessage, parent, scores, diagnostics } = span;
  const sign = SIGNS[status] ?? '';
  const about = [
    model !== null && !name.includes(model) ? model : null,
    service !== null && service !== parent?.service ? `@${service}` : null,
    ...scores.map((score) => `${score.name}=${score.value ?? score.label ?? '?'}`),
  ]
    .filter((word) => word !== null)
    .map(oneLine)
    .join(' ');
  const marks = diagnostics
    .map(({ code }) => code)
    .filter((code) => code !== 'missing-end')
    .join(', ');
  const message = status === 'error' || status === 'warning' ? oneLine(statusMessage ?? '').slice(0, 120) : '';
  const words = [
    kind === 'span' ? '' : paint.faint(kind),
    status === 'error' ? paint.error(`${sign}${oneLine(name) || '—'}`) : `${sign}${oneLine(name) || '—'}`,
    paint.faint(about),
    paint.error(message && `“${message}”`),
    paint.warn(marks && `[${marks}]`),
  ];
  return words.filter((word) => word !== '').join(' ');
}
