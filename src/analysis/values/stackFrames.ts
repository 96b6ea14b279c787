/** A line of a stack trace. `own` = not of a library, as far as its path tells. */
export interface StackFrame {
  readonly file: string;
  readonly line: number | null;
  /** What was called; null where it has no name. */
  readonly called: string | null;
  /** The line of source where it is recorded. */
  readonly source: string | null;
  readonly own: boolean;
  /** The library's name where it is none of the program's own. */
  readonly library: string | null;
}

const PYTHON = /^ *File "([^"]{1,500})", line (\d{1,9})(?:, in (.{1,200}))?$/;
const SCRIPT =
  /^\s*at (?:async )?(?:(.{1,300}?) \()?((?:[a-z-]{2,20}:)?[^\s()][^()]{0,500}?)(?::(\d{1,9}))?(?::\d{1,9})?\)?$/;
const JAVA = /^\s*at ([\w$.<>/@-]{1,300})\(([\w$.-]{1,200})(?::(\d{1,9}))?\)$/;
/** Longer traces are told in their first lines and their last. */
const LINES_AT_MOST = 400;

const LIBRARY =
  /(?:^|[/\\])(?:site-packages|dist-packages|node_modules)[/\\](?:\.pnpm[/\\][^/\\]+[/\\]node_modules[/\\])?((?:@[^/\\]+[/\\])?[^/\\]+)/;
const PLATFORM = /^node:|^internal[/\\]|^<frozen |(?:^|[/\\])lib[/\\]python\d/;

/**
 * The frames of a stack trace, the innermost first, as Python, JavaScript and the languages of the JVM write them; null
 * where none is found: then it is text. `head` is what stands before the frames.
 */
export function stackFrames(
  text: string,
): { readonly head: string; readonly frames: readonly StackFrame[]; readonly left: number } | null {
  const all = text.split('\n');
  const left = Math.max(0, all.length - LINES_AT_MOST);
  const lines = left === 0 ? all : [...all.slice(0, LINES_AT_MOST / 2), ...all.slice(-LINES_AT_MOST / 2)];
  const frames: StackFrame[] = [];
  const head: string[] = [];
  let isPython = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!.replace(/\r$/, '');
    const python = PYTHON.exec(line);
    if (python) {
      isPython = true;
      const next = lines[at + 1] ?? '';
      const source = /^ {4,}\S/.test(next) && !PYTHON.test(next) ? next.trim() : null;
      if (source !== null) at += 1;
      frames.push(frameOf(python[1]!, python[2], python[3] ?? null, source));
      continue;
    }
    const java = JAVA.exec(line);
    if (java) {
      frames.push(frameOf(java[2]!, java[3], java[1]!, null));
      continue;
    }
    const script = SCRIPT.exec(line);
    if (script && (script[3] !== undefined || script[1] !== undefined || /^node:/.test(script[2]!)))
      frames.push(frameOf(script[2]!, script[3], script[1] ?? null, null));
    else if (frames.length === 0 && !/^Traceback /.test(line)) head.push(line);
  }
  if (frames.length === 0) return null;
  return { head: head.join('\n').trim(), frames: isPython ? frames.reverse() : frames, left };
}

function frameOf(path: string, line: string | undefined, called: string | null, source: string | null): StackFrame {
  const folder = LIBRARY.exec(path)?.[1];
  const platform = PLATFORM.test(path);
  return {
    file: path.replace(/^file:\/\//, ''),
    line: line === undefined ? null : Number(line),
    called,
    source,
    own: folder === undefined && !platform,
    library: folder?.replaceAll('\\', '/') ?? (platform ? (path.startsWith('node:') ? 'node' : 'python') : null),
  };
}
