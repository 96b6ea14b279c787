import { detectConsole } from '../console/signs.ts';
import { detectJaeger } from '../jaeger/signs.ts';
import { detectLangfuse } from '../langfuse/signs.ts';
import { detectLangsmith } from '../langsmith/signs.ts';
import { detectNative } from '../native/signs.ts';
import { detectOpenaiAgents } from '../openaiAgents/signs.ts';
import { detectPhoenix } from '../phoenix/signs.ts';
import type { AwaitedAdapter } from '../types.ts';

/** The formats of `defaultAdapters` but OTLP: each reader is a file of its own, which its first document fetches. */
export const awaitedFormats: readonly AwaitedAdapter[] = [
  {
    name: 'native',
    detect: detectNative,
    arrival: () => import('../native/native.ts').then(({ native }) => native),
  },
  {
    name: 'langsmith',
    detect: detectLangsmith,
    arrival: () => import('../langsmith/langsmith.ts').then(({ langsmith }) => langsmith),
  },
  {
    name: 'langfuse',
    detect: detectLangfuse,
    arrival: () => import('../langfuse/langfuse.ts').then(({ langfuseExport }) => langfuseExport),
  },
  {
    name: 'phoenix',
    detect: detectPhoenix,
    arrival: () => import('../phoenix/phoenix.ts').then(({ phoenix }) => phoenix),
  },
  {
    name: 'jaeger',
    detect: detectJaeger,
    arrival: () => import('../jaeger/jaeger.ts').then(({ jaeger }) => jaeger),
  },
  {
    name: 'console',
    detect: detectConsole,
    arrival: () => import('../console/console.ts').then(({ consoleDump }) => consoleDump),
  },
  {
    name: 'openai-agents',
    detect: detectOpenaiAgents,
    arrival: () => import('../openaiAgents/openaiAgents.ts').then(({ openaiAgents }) => openaiAgents),
  },
];
