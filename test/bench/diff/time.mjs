import { buildCore } from '../buildCore.mjs';
import { tracePair } from './pairs.mjs';
const { readTraces, diffTraces, recordedTexts } = await buildCore();
const size = Number(process.argv[2] ?? 1000),
  rounds = Number(process.argv[3] ?? 40),
  regime = process.argv[4] ?? 'same prompt';
const pair = tracePair({ size, share: 0.1, regime, seed: 1 });
const texts = [JSON.stringify(pair.a), JSON.stringify(pair.b)];
const js = [],
  ds = [];
let A, B;
for (let i = 0; i < rounds; i += 1) {
  let t = performance.now();
  const x = texts.map((y) => JSON.parse(y));
  js.push(performance.now() - t);
  if (i === 0) {
    [A, B] = x.map((y) => readTraces(y).traces[0]);
    t = performance.now();
    recordedTexts(A);
    recordedTexts(B);
    console.log('decode', performance.now() - t);
  }
  t = performance.now();
  diffTraces(A, B);
  ds.push(performance.now() - t);
}
const med = (l) => l.sort((p, q) => p - q)[l.length >> 1].toFixed(1);
console.log({
  size,
  regime,
  MB: (texts[0].length / 1e6).toFixed(1),
  json: med(js),
  diff: med(ds),
  min: ds[0].toFixed(1),
  jsonMin: js[0].toFixed(1),
  ratio: (med(ds) / med(js)).toFixed(2),
});
