const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/**
 * Where a recorded link leads, written out as a browser would go there (other alphabets in host names included); null
 * where it leads nowhere that may be gone to: scripts, data, files, other programs, and what is no whole address.
 */
export function safeTarget(link: string): URL | null {
  if (link.length > 4096) return null;
  try {
    const url = new URL(link);
    return PROTOCOLS.has(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
