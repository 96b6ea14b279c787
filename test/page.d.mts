/** The viewer's own page, built from the sources as they are now, into a folder of the cache. Returns the folder. */
export function buildPage(name: string): Promise<string>;
/** Serves a built page and one input on loopback, with headers. */
export function servePage(
  folder: string,
  input: Uint8Array,
  headers?: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; close(): void }>;
