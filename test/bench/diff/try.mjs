import { buildCore } from '../buildCore.mjs';
import { tracePair, unrelatedPair, REGIMES } from './pairs.mjs';
import { scorePairs } from './score.mjs';
import { EDITS } from './edits.mjs';
const { readTraces, diffTraces, recordedTexts } = await buildCore();
const mode = process.argv[2] ?? 'main';
const sizes = (process.argv[3] ?? '100,1000,10000').split(',').map(Number);
function run(options, seeds) {
  const sum = { f1: 0, strict: 0, trusted: 0, share: 0, ms: 0, json: 0, read: 0, pairs: 0 };
  for (let seed = 1; seed <= seeds; seed += 1) {
    const pair = options.unrelated ? unrelatedPair({ ...options, seed }) : tracePair({ ...options, seed });
    const texts = [JSON.stringify(pair.a), JSON.stringify(pair.b)];
    let t = performance.now();
    const [a, b] = texts.map((x) => JSON.parse(x)).map((x) => x);
    sum.json += performance.now() - t;
    const A = readTraces(a).traces[0],
      B = readTraces(b).traces[0];
    t = performance.now();
    recordedTexts(A);
    recordedTexts(B);
    sum.read += performance.now() - t;
    t = performance.now();
    const diff = diffTraces(A, B);
    sum.ms += performance.now() - t;
    const s = scorePairs(pair, A, B, diff.pairs);
    for (const k of Object.keys(s)) sum[k] += s[k];
    sum.pairs += diff.pairs.length / A.spanCount;
  }
  return Object.fromEntries(Object.entries(sum).map(([k, v]) => [k, +(v / seeds).toFixed(4)]));
}
const seedsFor = (size) => (size <= 100 ? 40 : size <= 1000 ? 10 : size <= 10000 ? 2 : 1);
if (mode === 'main' || mode === 'poor') {
  const rows = [];
  for (const size of sizes)
    for (const regime of REGIMES) {
      if (mode === 'poor' && regime === 'no texts') continue;
      const row = { size, regime };
      for (const share of [0.02, 0.1, 0.3]) {
        const r = run({ size, regime, share, words: mode === 'poor' ? 25 : 3000 }, seedsFor(size));
        row[`f1 ${share}`] = r.f1;
        row[`strict ${share}`] = r.strict;
        row['trust' + share] = `${r.trusted.toFixed(3)} ${r.share.toFixed(2)}`;
        row.x = `${(r.ms / r.json).toFixed(1)} ${r.ms.toFixed(0)}ms read ${(r.read / r.json).toFixed(1)}`;
      }
      rows.push(row);
    }
  console.table(rows);
}
if (mode === 'kinds') {
  const rows = {};
  for (const kind of EDITS)
    for (const size of sizes)
      for (const regime of ['same prompt', 'no texts'])
        (rows[kind] ??= {})[`${size} ${regime}`] = run({ size, regime, share: 0.1, kinds: [kind] }, seedsFor(size)).f1;
  console.table(rows);
}
if (mode === 'unrelated')
  console.table(sizes.map((size) => ({ size, ...run({ size, unrelated: true, sameNames: true }, seedsFor(size)) })));
if (mode === 'unrelated')
  console.table(sizes.map((size) => ({ size, ...run({ size, unrelated: true }, seedsFor(size)) })));
