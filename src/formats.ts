/**
 * `spanwise/formats`: the readers of all formats at hand, for `readTraces`, which cannot wait. `parseTraces` needs none
 * of this: it fetches what a document asks for.
 */
import { readClaudeCode } from './adapters/claudeCode/claudeCode.ts';
import { readCodex } from './adapters/codex/codex.ts';
import { defaultAdapters } from './adapters/formats/formats.ts';
import { laterFormats } from './adapters/formats/laterFormats.ts';
import { readGeminiCli } from './adapters/geminiCli/geminiCli.ts';
import { readInspect } from './adapters/inspect/inspect.ts';
import { readAtif } from './adapters/trajectories/atif.ts';
import { readSweAgent } from './adapters/trajectories/sweAgent.ts';
import { readOpenHands } from './adapters/trajectories/openHands.ts';
import type { ReadAll, TraceAdapter } from './adapters/types.ts';

const READERS: ReadonlyMap<string, ReadAll> = new Map([
  ['claude-code', readClaudeCode],
  ['codex', readCodex],
  ['gemini-cli', readGeminiCli],
  ['inspect', readInspect],
  ['atif', readAtif],
  ['swe-agent', readSweAgent],
  ['openhands', readOpenHands],
]);

/** Every format that spanwise reads. */
export const allFormats: readonly TraceAdapter[] = [
  ...defaultAdapters,
  ...laterFormats.map(({ name, detect }): TraceAdapter => {
    const readAll = READERS.get(name)!;
    return { name, detect, readAll, read: (document, sink) => readAll([{ document, input: 0 }], sink) };
  }),
];
