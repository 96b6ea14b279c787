import { freemem } from 'node:os';
import { resourceSpans } from './generate.mjs';
import { bytesInUse } from './measure.mjs';

const SPANS = 1_000_000;
/** Bytes of memory that it takes: the text, what is made of it, and the generator's own. */
const NEEDED = 6e9;

/** Reading more than a string can hold: 1.1 GB as JSON Lines. Not done unless asked for, as it takes minutes. */
export async function measureLarge({ parseTraces }, isWanted) {
  const why = isWanted ? memoryIsShort() : 'asked for with --large';
  if (why) return [{ spans: SPANS, GB: '', 'bytes → Trace, s': `not measured: ${why}` }];
  const parts = [];
  for (const entry of resourceSpans(SPANS)) parts.push(Buffer.from(`${JSON.stringify({ resourceSpans: [entry] })}\n`));
  const bytes = Buffer.concat(parts);
  parts.length = 0;
  const before = await bytesInUse();
  const begin = process.cpuUsage();
  const set = await parseTraces(bytes);
  const { user, system } = process.cpuUsage(begin);
  const held = (await bytesInUse()) - before;
  return [
    {
      spans: set.traces.reduce((sum, { spanCount }) => sum + spanCount, 0),
      GB: (bytes.length / 1e9).toFixed(2),
      'bytes → Trace, s': ((user + system) / 1e6).toFixed(1),
      'bytes/span beyond the bytes (≤ 150)': Math.round(held / SPANS),
    },
  ];
}

const memoryIsShort = () => (freemem() < NEEDED ? `${(freemem() / 1e9).toFixed(1)} GB of memory are free` : null);
