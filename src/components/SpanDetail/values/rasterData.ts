/** A picture whose bytes are in the record. */
export interface RasterData {
  /** By its first bytes, not by what the file says. */
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  readonly bytes: number;
  readonly base64: string;
}

/** Larger pictures are not shown, in bytes and in pixels: unpacking them would stop the page. */
const BYTES_AT_MOST = 8_000_000;
const PIXELS_AT_MOST = 40_000_000;

const DATA = /^data:image\/(?:png|jpe?g|gif|webp)(?:;[\w-]+=[\w-]+)*;base64,/i;

/**
 * The picture in a `data:` address or in plain base64; null for what is not one of the four kinds (SVG is a document
 * that can hold scripts), is too large, or is no base64.
 */
export function rasterData(text: string): RasterData | null {
  const head = text.startsWith('data:') ? DATA.exec(text.slice(0, 200))?.[0] : '';
  if (head === undefined || text.length > (BYTES_AT_MOST * 4) / 3 + head.length + 4) return null;
  const base64 = text.slice(head.length).replaceAll(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  const start = firstBytes(base64);
  const type = start && typeOf(start);
  if (!type || pixelsOf(type, start) > PIXELS_AT_MOST) return null;
  return { type, bytes: Math.floor((base64.length * 3) / 4), base64 };
}

function firstBytes(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64.slice(0, 64)), (sign) => sign.charCodeAt(0));
  } catch {
    return null;
  }
}

const SIGNS: readonly (readonly [RasterData['type'], readonly (number | null)[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
];

const typeOf = (bytes: Uint8Array): RasterData['type'] | null =>
  SIGNS.find(([, sign]) => sign.every((byte, place) => byte === null || byte === bytes[place]))?.[0] ?? null;

/** Where the first bytes tell; 0 where they do not. */
function pixelsOf(type: RasterData['type'], bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer);
  if (type === 'image/png' && bytes.length >= 24) return view.getUint32(16) * view.getUint32(20);
  if (type === 'image/gif' && bytes.length >= 10) return view.getUint16(6, true) * view.getUint16(8, true);
  return 0;
}
