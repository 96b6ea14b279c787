/**
 * `spanwise/formats`: the readers of all formats at hand, for `readTraces`, which cannot wait. `parseTraces` needs none
 * of this: it fetches what a document asks for.
 */
import { readClaudeCode } from './adapters/claudeCode/claudeCode.ts';
import { readCodex } from './adapters/codex/codex.ts';
import { defaultAdapters } from './adapters/formats/formats.ts';
import { laterFormats } from './adapters/formats/laterFormats.ts';
import { readGeminiCli } from './adapters/geminiCli/geminiCli.ts';
import { readOpencode } from './adapters/opencode/opencode.ts';
import { readQwenCode } from './adapters/qwenCode/qwenCode.ts';
import { readCline } from './adapters/cline/cline.ts';
import { readCopilotCli } from './adapters/copilotCli/copilotCli.ts';
import { readPi } from './adapters/pi/pi.ts';
import { readInspect } from './adapters/inspect/inspect.ts';
import { readAtif } from './adapters/trajectories/atif.ts';
import { readSweAgent } from './adapters/trajectories/sweAgent.ts';
import { readOpenHands } from './adapters/trajectories/openHands.ts';
import { readMlflow } from './adapters/mlflow/mlflow.ts';
import { readAdk } from './adapters/adk/adk.ts';
import { readMastra } from './adapters/mastra/mastra.ts';
import { readGenkit } from './adapters/genkit/genkit.ts';
import { readLogfire } from './adapters/logfire/logfire.ts';
import { readOpik } from './adapters/opik/opik.ts';
import { readWeave } from './adapters/weave/weave.ts';
import { readZipkin } from './adapters/zipkin/zipkin.ts';
import { readBraintrust } from './adapters/braintrust/braintrust.ts';
import { readDatadog } from './adapters/datadog/datadog.ts';
import { readSentry } from './adapters/sentry/sentry.ts';
import { readPostHog } from './adapters/posthog/posthog.ts';
import type { ReadAll, TraceAdapter } from './adapters/types.ts';

const READERS: ReadonlyMap<string, ReadAll> = new Map([
  ['claude-code', readClaudeCode],
  ['codex', readCodex],
  ['gemini-cli', readGeminiCli],
  ['opencode', readOpencode],
  ['qwen-code', readQwenCode],
  ['cline', readCline],
  ['copilot-cli', readCopilotCli],
  ['pi', readPi],
  ['inspect', readInspect],
  ['atif', readAtif],
  ['swe-agent', readSweAgent],
  ['openhands', readOpenHands],
  ['mlflow', readMlflow],
  ['adk', readAdk],
  ['mastra', readMastra],
  ['genkit', readGenkit],
  ['logfire', readLogfire],
  ['opik', readOpik],
  ['weave', readWeave],
  ['zipkin', readZipkin],
  ['braintrust', readBraintrust],
  ['datadog', readDatadog],
  ['sentry', readSentry],
  ['posthog', readPostHog],
]);

/** Every format that spanwise reads. */
export const allFormats: readonly TraceAdapter[] = [
  ...defaultAdapters,
  ...laterFormats.map(({ name, detect }): TraceAdapter => {
    const readAll = READERS.get(name)!;
    return { name, detect, readAll, read: (document, sink) => readAll([{ document, input: 0 }], sink) };
  }),
];
