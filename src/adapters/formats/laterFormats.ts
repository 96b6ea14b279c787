import { detectClaudeCode } from '../claudeCode/signs.ts';
import { detectCodex } from '../codex/signs.ts';
import { detectGeminiCli } from '../geminiCli/signs.ts';
import { detectInspect } from '../inspect/signs.ts';
import { detectAtif, detectOpenHands, detectSweAgent } from '../trajectories/signs.ts';
import type { LaterAdapter } from '../types.ts';

/** Formats whose readers are fetched when a document of them comes. Their signs are cheap and stand here together. */
export const laterFormats: readonly LaterAdapter[] = [
  {
    name: 'claude-code',
    detect: detectClaudeCode,
    fetch: () => import('../claudeCode/claudeCode.ts').then(({ readClaudeCode }) => readClaudeCode),
  },
  {
    name: 'codex',
    detect: detectCodex,
    fetch: () => import('../codex/codex.ts').then(({ readCodex }) => readCodex),
  },
  {
    name: 'gemini-cli',
    detect: detectGeminiCli,
    fetch: () => import('../geminiCli/geminiCli.ts').then(({ readGeminiCli }) => readGeminiCli),
  },
  {
    name: 'inspect',
    detect: detectInspect,
    fetch: () => import('../inspect/inspect.ts').then(({ readInspect }) => readInspect),
  },
  {
    name: 'atif',
    detect: detectAtif,
    fetch: () => import('../trajectories/atif.ts').then(({ readAtif }) => readAtif),
  },
  {
    name: 'swe-agent',
    detect: detectSweAgent,
    fetch: () => import('../trajectories/sweAgent.ts').then(({ readSweAgent }) => readSweAgent),
  },
  {
    name: 'openhands',
    detect: detectOpenHands,
    fetch: () => import('../trajectories/openHands.ts').then(({ readOpenHands }) => readOpenHands),
  },
];
