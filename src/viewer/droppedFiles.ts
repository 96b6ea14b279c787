/** Files that were dropped or chosen, and what is to be said of those that are not among them. */
export interface ChosenFiles {
  readonly files: readonly File[];
  /** Null = nothing was left out. */
  readonly notice: string | null;
}

/** What is looked for in folders; a file that is dropped by itself may end as it likes. */
const ENDINGS = /\.(?:jsonl?|ndjson|eval|traj|zip|zst|gz|pb)$/i;
const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', '.git']);
/** Folders below the one that was dropped. */
const DEEPEST = 6;
/** Of a folder the newest files are read: so many, as long as they are no larger together. */
const MOST_FILES = 500;
const MOST_BYTES = 500 * 2 ** 20;

/**
 * The files of a drop; of folders those below them that end like files of traces, newest first. To be called while the
 * drop is handled, as nobody knows what was dropped afterwards.
 */
export function droppedFiles(transfer: DataTransfer): Promise<ChosenFiles> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files = [...transfer.files];
  if (!entries.some(({ isDirectory }) => isDirectory)) return Promise.resolve({ files, notice: null });
  return filesBelow(entries);
}

/** The files of a folder that was chosen in a dialog. */
export const chosenFolder = (files: readonly File[]): ChosenFiles =>
  newest(
    files.filter(
      ({ name, webkitRelativePath }) =>
        ENDINGS.test(name) && !webkitRelativePath.split('/').some((folder) => LEFT_OUT.has(folder)),
    ),
    [],
  );

async function filesBelow(entries: readonly FileSystemEntry[]): Promise<ChosenFiles> {
  const alone: File[] = [];
  const found: File[] = [];
  const open = entries.map((entry) => ({ entry, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { entry, depth } = next;
    if (isFile(entry)) {
      // What may not be read is passed over: it may be of somebody else.
      const file = depth === 0 || ENDINGS.test(entry.name) ? await fileOf(entry).catch(() => null) : null;
      if (file) (depth === 0 ? alone : found).push(file);
    } else if (isFolder(entry) && depth < DEEPEST && !LEFT_OUT.has(entry.name)) {
      for (const each of await entriesOf(entry).catch(() => [])) open.push({ entry: each, depth: depth + 1 });
    }
  }
  return newest(found, alone);
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });

/** A browser gives them a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function newest(found: readonly File[], alone: readonly File[]): ChosenFiles {
  const files = [...alone];
  let bytes = 0;
  for (const file of found.toSorted((a, b) => b.lastModified - a.lastModified)) {
    if (files.length >= MOST_FILES || (bytes > 0 && bytes + file.size > MOST_BYTES)) break;
    files.push(file);
    bytes += file.size;
  }
  const left = found.length + alone.length - files.length;
  if (files.length === 0) return { files, notice: 'The folder holds no file that ends like one of traces.' };
  return {
    files,
    notice:
      left === 0 ? null : `The newest ${files.length} files are shown; ${left} older ones of the folder were left out.`,
  };
}
