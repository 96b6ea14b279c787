import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Imports go one way, and a folder may import what stands to its left, and of packages those that are named here:
 *
 *     model → conventions → adapters
 *     model → redact → adapters
 *     model → analysis → layout → store → hooks → components
 *     adapters, analysis → export → hooks
 *
 * Components never import adapters, only their types: who has a trace does not carry the parsers. Of the hooks,
 * `useTraces` parses.
 */
const MAY_IMPORT: Readonly<
  Record<string, { readonly folders: readonly string[]; readonly types?: string; readonly packages: RegExp }>
> = {
  model: { folders: [], packages: /^$/ },
  conventions: { folders: ['model'], packages: /^$/ },
  redact: { folders: ['model'], packages: /^$/ },
  // Browsers unpack no zstd themselves, and read no protobuf.
  adapters: { folders: ['model', 'conventions', 'redact'], packages: /^(?:fzstd|@bufbuild\/protobuf\/wire)$/ },
  // Words of two texts are compared by a package, which is loaded when a pair is opened.
  // Where batches of a live trace come from. Lines of Server-Sent Events are taken apart by a package, when there are any.
  sources: { folders: [], types: 'adapters', packages: /^eventsource-parser(?:\/stream)?$/ },
  analysis: { folders: ['model', 'format.ts'], packages: /^diff$/ },
  layout: { folders: ['model', 'analysis'], packages: /^d3-hierarchy$/ },
  'format.ts': { folders: ['model', 'visibleControls.ts'], packages: /^$/ },
  'labels.ts': { folders: ['model', 'format.ts'], types: 'laterLabels.ts', packages: /^$/ },
  'laterLabels.ts': { folders: ['model', 'format.ts', 'analysis'], types: 'layout', packages: /^$/ },
  'visibleControls.ts': { folders: [], packages: /^$/ },
  store: { folders: ['model', 'analysis', 'layout'], packages: /^zustand\/vanilla$/ },
  hooks: {
    folders: ['model', 'conventions', 'adapters', 'analysis', 'layout', 'store', 'export', 'format.ts', 'labels.ts'],
    packages: /^(react|zustand)$/,
  },
  components: {
    folders: [
      'model',
      'redact',
      'conventions',
      'analysis',
      'layout',
      'store',
      'hooks',
      'format.ts',
      'labels.ts',
      'laterLabels.ts',
      'visibleControls.ts',
    ],
    types: 'adapters',
    packages: /^(react|react-dom|zustand|markdown-it|@tanstack\/react-virtual|@visx\/visx)$/,
  },
  export: {
    folders: ['model', 'conventions', 'adapters', 'analysis', 'format.ts', 'visibleControls.ts'],
    packages: /^$/,
  },
  'formats.ts': { folders: ['adapters'], packages: /^$/ },
  // What answers in a worker.
  worker: { folders: ['model', 'adapters', 'analysis'], packages: /^$/ },
  'worker.ts': { folders: ['worker'], packages: /^$/ },
  'core.ts': {
    folders: [
      ...['model', 'conventions', 'redact', 'adapters', 'sources', 'analysis', 'layout', 'export', 'worker'],
      'format.ts',
    ],
    packages: /^$/,
  },
};
const HEADLESS = [
  'model',
  'conventions',
  'redact',
  'adapters',
  'sources',
  'analysis',
  'layout',
  'export',
  'worker',
  'worker.ts',
  'core.ts',
  'formats.ts',
];

const src = fileURLToPath(new URL('../src/', import.meta.url));
const IMPORT =
  /^(?:import|export)\s+(?<type>type\s)?(?:[^'";]*?\sfrom\s+)?'(?<from>[^']+)'|\bimport\('(?<lazy>[^']+)'\)/gm;

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
  readonly lazy: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.d)\.tsx?$/.test(file))
  .sort();
const sources = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]));
const imports: readonly Import[] = files.flatMap((file) =>
  Array.from(sources.get(file)!.matchAll(IMPORT), ({ groups }) => {
    const from = (groups!['from'] ?? groups!['lazy'])!;
    return {
      file,
      from: from.startsWith('.') ? relative(src, join(src, dirname(file), from)) : from,
      typeOnly: groups!['type'] !== undefined,
      lazy: groups!['lazy'] !== undefined,
    };
  }),
);
const layerOf = (path: string): string => path.split('/')[0]!;
const isLocal = ({ from }: Import): boolean => existsSync(join(src, from));

describe('layers', () => {
  it('are all there, and every import was understood', () => {
    expect(files.length).toBeGreaterThan(40);
    for (const [file, text] of sources)
      expect(`${file}: ${(text.match(/^import\b/gm) ?? []).length}`).toBe(
        `${file}: ${[...text.matchAll(IMPORT)].filter(([found]) => found.startsWith('import') && !found.startsWith('import(')).length}`,
      );
    expect(imports.filter(({ from }) => from.startsWith('..') && from !== '../package.json')).toEqual([]);
  });

  it.each(Object.keys(MAY_IMPORT))('%s imports only what stands to its left', (layer) => {
    const { folders, types, packages } = MAY_IMPORT[layer]!;
    const isRight = (each: Import): boolean => {
      const target = layerOf(each.from);
      return isLocal(each)
        ? target === layer || folders.includes(target) || (each.typeOnly && target === types)
        : packages.test(each.from);
    };
    const wrong = imports.filter(({ file }) => layerOf(file) === layer).filter((each) => !isRight(each));
    expect(wrong.map(({ file, from }) => `${file} imports ${from}`)).toEqual([]);
  });

  it('what is headless does not speak of a page', () => {
    const words =
      /\b(?:window\.|globalThis\.document|HTML\w*Element|requestAnimationFrame|localStorage|sessionStorage|navigator\.)/;
    expect(files.filter((file) => HEADLESS.includes(layerOf(file)) && words.test(sources.get(file)!))).toEqual([]);
  });

  it('no file imports itself, by whatever way, except for types', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        imports.filter((each) => each.file === file && !each.typeOnly && isLocal(each)).map(({ from }) => from),
      ]),
    );
    // Files that import nothing unread are taken away again and again; what is left stands in or behind a circle.
    for (let before = -1; before !== graph.size;) {
      before = graph.size;
      for (const [file, targets] of graph) if (!targets.some((target) => graph.has(target))) graph.delete(file);
    }
    expect([...graph.keys()]).toEqual([]);
  });
});

/** All that comes with an entry at once: what is behind `import()` comes later. */
function firstLoadOf(entry: string): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const file of found)
    for (const each of imports)
      if (each.file === file && !each.typeOnly && !each.lazy && isLocal(each)) found.add(each.from);
  return found;
}

describe('rooms', () => {
  it('have at most 16 files of their own', () => {
    const own = new Map<string, number>();
    for (const file of files) own.set(dirname(file), (own.get(dirname(file)) ?? 0) + 1);
    expect([...own].filter(([, count]) => count > 16)).toEqual([]);
  });
});

/**
 * Folders of which others know one file: its door (and of formats their signs). All else in them may change without
 * anybody outside.
 */
const DOORS = {
  'adapters/console': 'console.ts',
  'adapters/jaeger': 'jaeger.ts',
  'adapters/langfuse': 'langfuse.ts',
  'adapters/langsmith': 'langsmith.ts',
  'adapters/openaiAgents': 'openaiAgents.ts',
  'adapters/phoenix': 'phoenix.ts',
  'components/later': 'later.tsx',
  'components/TraceGrid/names': 'NameCell.tsx',
  'components/TraceMinimap': 'TraceMinimap.tsx',
  'components/TraceMinimap/drawn': 'painter.ts',
  'components/TraceSession': 'TraceSession.tsx',
  'conventions/content': 'readContent.ts',
  'redact/redactors': 'redactors.ts',
} as const;

describe('doors', () => {
  it.each(Object.entries(DOORS))('%s is entered by %s alone', (folder, door) => {
    const entered = imports
      .filter((each) => isLocal(each) && dirname(each.from) === folder && !`${each.file}/`.startsWith(`${folder}/`))
      .map(({ from }) => from)
      .filter((from) => !(folder.startsWith('adapters/') && from === `${folder}/signs.ts`));
    expect([...new Set(entered)]).toEqual([`${folder}/${door}`]);
  });
});

/** Packages that are too large for the first picture: they come behind `import()`, or with a file that does. */
const HEAVY = /^(?:d3-hierarchy|fzstd|@bufbuild\/protobuf\/wire|@visx\/visx)$/;

describe('the first load', () => {
  it.each([
    // The flame graph as numbers: who does not ask for it is spared it by the doors of `src/build/library.config.ts`.
    ['index.ts', ['layout/flame/hierarchy.ts imports d3-hierarchy']],
    ['core.ts', ['layout/flame/hierarchy.ts imports d3-hierarchy']],
    ['viewer/main.tsx', []],
  ])('of %s brings no heavy package', (entry, known) => {
    const first = firstLoadOf(entry);
    const packages = imports.filter((each) => first.has(each.file) && !each.typeOnly && !each.lazy && !isLocal(each));
    expect(packages.filter(({ from }) => HEAVY.test(from)).map(({ file, from }) => `${file} imports ${from}`)).toEqual(
      known,
    );
    expect(packages.some(({ from }) => from === 'react')).toBe(entry !== 'core.ts');
  });

  it('of parseTraces is what asks for the rest; what reads comes when there is something to read', () => {
    expect([...firstLoadOf('adapters/parseTraces.ts')].sort()).toEqual([
      'adapters/collect/fetchParts.ts',
      'adapters/collect/readProgress.ts',
      'adapters/parseTraces.ts',
      'adapters/text/givenBytes.ts',
      'model/diagnostics.ts',
      'model/holes.ts',
      'model/ownValue.ts',
      'model/timeSlices.ts',
      'redact/checkRules.ts',
    ]);
  });

  it('of reading is what reads the envelopes of OTLP; formats, contents, masking, prices and repairs of text come when they are needed', () => {
    const first = [...firstLoadOf('adapters/reading.ts')];
    expect(first).toContain('conventions/readEnvelope.ts');
    const later =
      /^(?:adapters\/(?:archive|bytes|claudeCode|cline|codex|copilotCli|console|formats|geminiCli|inspect|jaeger|langfuse|langsmith|native|openaiAgents|opencode|phoenix|pi|qwenCode|spans)\/|adapters\/(?:content\/decodeContent|text\/splitDocuments|formats\/unknownFormat|collect\/(?:joinLogs|maskRecords))\.|conventions\/(?:content\/|prices)|analysis\/)/;
    expect(files.filter((file) => later.test(file)).length).toBeGreaterThan(70);
    expect(first.filter((file) => later.test(file))).toEqual([]);
  });

  it('of the signs of all formats brings no reader but that of OTLP', () => {
    const first = [...firstLoadOf('adapters/formats/everyFormat.ts')];
    const readers = imports
      .filter(({ file, lazy }) => lazy && /^adapters\/formats\/(?:awaited|later)Formats/.test(file))
      .map(({ from }) => from);
    expect(new Set(readers).size).toBeGreaterThan(20);
    expect(first.filter((file) => readers.includes(file))).toEqual([]);
  });

  it('of the viewer is what its first picture needs; details, dialogs, lists of traces and help come afterwards', () => {
    const first = [...firstLoadOf('components/TraceViewer/TraceViewer.tsx')];
    expect(first).toContain('components/TraceGrid/TraceGrid.tsx');
    const afterwards = imports.filter(({ file }) => file === 'components/later/afterwards.ts').map(({ from }) => from);
    expect(afterwards.length).toBeGreaterThan(5);
    expect(afterwards.filter((file) => first.includes(file))).toEqual([]);
    expect(
      first.filter((file) =>
        /^(?:components\/(?:ListGrid|TraceList|TraceSession)\/|components\/SpanDetail\/panels|conventions\/content\/)/.test(
          file,
        ),
      ),
    ).toEqual([]);
  });
});
