import { CLAUDE_CODE_PLACES, detectClaudeCode } from '../claudeCode/signs.ts';
import { detectCodex } from '../codex/signs.ts';
import { detectGeminiCli } from '../geminiCli/signs.ts';
import { detectOpencode } from '../opencode/signs.ts';
import { detectQwenCode } from '../qwenCode/signs.ts';
import { detectCline } from '../cline/signs.ts';
import { detectCopilotCli } from '../copilotCli/signs.ts';
import { detectPi } from '../pi/signs.ts';
import { detectInspect } from '../inspect/signs.ts';
import { detectAtif, detectOpenHands, detectSweAgent } from '../trajectories/signs.ts';
import { detectMlflow } from '../mlflow/signs.ts';
import { detectAdk } from '../adk/signs.ts';
import { detectMastra } from '../mastra/signs.ts';
import { detectGenkit } from '../genkit/signs.ts';
import { detectLogfire } from '../logfire/signs.ts';
import { detectOpik } from '../opik/signs.ts';
import { detectWeave } from '../weave/signs.ts';
import { detectZipkin } from '../zipkin/signs.ts';
import { detectBraintrust } from '../braintrust/signs.ts';
import { detectDatadog } from '../datadog/signs.ts';
import { detectSentry } from '../sentry/signs.ts';
import { detectPostHog } from '../posthog/signs.ts';
import type { LaterAdapter } from '../types.ts';

/** Formats whose readers are fetched when a document of them comes. Their signs are cheap and stand here together. */
export const laterFormats: readonly LaterAdapter[] = [
  {
    name: 'claude-code',
    detect: detectClaudeCode,
    glimpses: CLAUDE_CODE_PLACES,
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
    name: 'opencode',
    detect: detectOpencode,
    fetch: () => import('../opencode/opencode.ts').then(({ readOpencode }) => readOpencode),
  },
  {
    name: 'qwen-code',
    detect: detectQwenCode,
    fetch: () => import('../qwenCode/qwenCode.ts').then(({ readQwenCode }) => readQwenCode),
  },
  {
    name: 'cline',
    detect: detectCline,
    fetch: () => import('../cline/cline.ts').then(({ readCline }) => readCline),
  },
  {
    name: 'copilot-cli',
    detect: detectCopilotCli,
    fetch: () => import('../copilotCli/copilotCli.ts').then(({ readCopilotCli }) => readCopilotCli),
  },
  {
    name: 'pi',
    detect: detectPi,
    fetch: () => import('../pi/pi.ts').then(({ readPi }) => readPi),
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
  {
    name: 'mlflow',
    detect: detectMlflow,
    fetch: () => import('../mlflow/mlflow.ts').then(({ readMlflow }) => readMlflow),
  },
  {
    name: 'adk',
    detect: detectAdk,
    fetch: () => import('../adk/adk.ts').then(({ readAdk }) => readAdk),
  },
  {
    name: 'mastra',
    detect: detectMastra,
    fetch: () => import('../mastra/mastra.ts').then(({ readMastra }) => readMastra),
  },
  {
    name: 'genkit',
    detect: detectGenkit,
    fetch: () => import('../genkit/genkit.ts').then(({ readGenkit }) => readGenkit),
  },
  {
    name: 'logfire',
    detect: detectLogfire,
    fetch: () => import('../logfire/logfire.ts').then(({ readLogfire }) => readLogfire),
  },
  {
    name: 'opik',
    detect: detectOpik,
    fetch: () => import('../opik/opik.ts').then(({ readOpik }) => readOpik),
  },
  {
    name: 'weave',
    detect: detectWeave,
    fetch: () => import('../weave/weave.ts').then(({ readWeave }) => readWeave),
  },
  {
    name: 'zipkin',
    detect: detectZipkin,
    fetch: () => import('../zipkin/zipkin.ts').then(({ readZipkin }) => readZipkin),
  },
  {
    name: 'braintrust',
    detect: detectBraintrust,
    fetch: () => import('../braintrust/braintrust.ts').then(({ readBraintrust }) => readBraintrust),
  },
  {
    name: 'datadog',
    detect: detectDatadog,
    fetch: () => import('../datadog/datadog.ts').then(({ readDatadog }) => readDatadog),
  },
  {
    name: 'sentry',
    detect: detectSentry,
    fetch: () => import('../sentry/sentry.ts').then(({ readSentry }) => readSentry),
  },
  {
    name: 'posthog',
    detect: detectPostHog,
    fetch: () => import('../posthog/posthog.ts').then(({ readPostHog }) => readPostHog),
  },
];
