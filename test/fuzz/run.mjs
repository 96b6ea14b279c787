import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';

/**
 * `npm run fuzz -- --seed N --count N`: as many cases as asked for, and what they found; exit 1 where that is anything.
 * `--from N --count 1` tries one case again, and says where an exception came from.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: '5000' },
  },
});
const [seed, from, count] = [values.seed, values.from, values.count].map(Number);
if (![seed, from, count].every((each) => Number.isSafeInteger(each) && each >= 0))
  throw new Error('--seed, --from and --count take whole numbers');

const server = await createServer({
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
const module = await server.ssrLoadModule(fileURLToPath(new URL('fuzz.ts', import.meta.url)));
const started = Date.now();
const found = new Map();
let tried = 0;
for await (const finding of module.fuzz(seed, from, count)) {
  tried += 1;
  if (tried % 1000 === 0) process.stderr.write(`${tried} tried, ${found.size} kinds found\n`);
  if (!finding) continue;
  if (finding.cause instanceof Error) server.ssrFixStacktrace(finding.cause);
  // One law broken in one way is reported once, with how often: the place of the exception, or the law and what was read.
  const place = /\n +at [^\n]*?(src\/[\w/.]+:\d+)/.exec(finding.cause?.stack ?? '')?.[1];
  const kind = `${finding.law} ${place ?? finding.recording.split('/')[0]}`;
  const known = found.get(kind);
  if (known) known.times += 1;
  else found.set(kind, { finding, times: 1 });
}
for (const [kind, { finding, times }] of found) {
  process.stdout.write(
    `\n${kind}, ${times} times; first: --seed ${finding.seed} --from ${finding.number} --count 1\n  ${finding.recording}: ${finding.done.join(', ') || 'as it is'}\n  ${finding.how}\n`,
  );
  if (count === 1) process.stdout.write(`${finding.cause?.stack ?? ''}\n${finding.documents}\n`);
}
process.stdout.write(
  `\nSeed ${seed}: ${tried} cases from ${from} in ${((Date.now() - started) / 1000).toFixed(0)} s, ${found.size} kinds of findings.\n`,
);
process.exit(found.size > 0 ? 1 : 0);
