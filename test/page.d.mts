/** The viewer's own page, built from the sources as they are now, into a folder of the cache. Returns the folder. */
export function buildPage(name: string): Promise<string>;
/** Serves a built page on loopback with an input, or with two to compare, and headers. */
export function servePage(
  folder: string,
  given: Uint8Array | readonly Uint8Array[],
  headers?: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; close(): void }>;
