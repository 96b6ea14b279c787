import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A file in which traces may be. */
export interface TraceFile {
  readonly path: string;
  /** When it was written last. */
  readonly time: Date;
  readonly bytes: number;
  /** Files that belong to it: what agents did that a session sent off. */
  readonly parts: readonly string[];
}

const ENDINGS = ['.jsonl', '.ndjson', '.json', '.eval', '.traj', '.csv', '.zst', '.gz', '.pb'];
/** Folders below the one asked for. */
const DEEPEST = 6;

/** Files below a folder that end like files of traces, newest first. What may not be read is passed over. */
export function traceFiles(folder: string): readonly TraceFile[] {
  const found: TraceFile[] = [];
  const open: { readonly path: string; readonly depth: number }[] = [{ path: folder, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const entry of entriesIn(next.path)) {
      const path = join(next.path, entry.name);
      if (entry.isDirectory() && next.depth < DEEPEST && !LEFT_OUT.has(entry.name))
        open.push({ path, depth: next.depth + 1 });
      if (!entry.isFile() || !ENDINGS.some((ending) => entry.name.endsWith(ending))) continue;
      const { mtime: time, size: bytes } = statSync(path);
      found.push({ path, time, bytes, parts: partsOf(path) });
    }
  }
  return found.sort((a, b) => b.time.getTime() - a.time.getTime() || (a.path < b.path ? -1 : 1));
}

/** Those of agents are shown with the session that sent them off. */
const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', '.git', 'subagents']);

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Claude Code keeps them in `<session>/subagents/` beside `<session>.jsonl`. */
export function partsOf(path: string): readonly string[] {
  const folder = join(path.replace(/\.jsonl$/, ''), 'subagents');
  if (!path.endsWith('.jsonl') || !existsSync(folder)) return [];
  return entriesIn(folder)
    .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'))
    .map(({ name }) => join(folder, name));
}

const SHOWN = 20;

/** The list in words, one file per line. */
export function traceFilesInWords(files: readonly TraceFile[], folder: string): string {
  const lines = files.slice(0, SHOWN).map(({ path, time, bytes, parts }) => {
    const when = time.toISOString().slice(0, 16).replace('T', ' ');
    const size = `${Math.max(1, Math.round(bytes / 1024))} KB`.padStart(10);
    return `  ${when} ${size}  ${relative(folder, path)}${parts.length > 0 ? ` (and ${parts.length} of its agents)` : ''}`;
  });
  const rest = files.length - lines.length;
  return [...lines, ...(rest > 0 ? [`  … and ${rest} more`] : [])].join('\n');
}

/** The endings that are looked for, in words. */
export const ENDINGS_IN_WORDS = ENDINGS.join(', ');
