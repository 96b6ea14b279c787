import { buildCore } from '../buildCore.mjs';
import { tracePair } from './pairs.mjs';
const { readTraces, diffTraces } = await buildCore();
const [kind, regime = 'same prompt', size = '1000', show = '12', share = '0.1'] = process.argv.slice(2);
const pair = tracePair({
  size: Number(size),
  share: Number(share),
  regime,
  kinds: kind === 'all' ? undefined : [kind],
  seed: 1,
});
const A = readTraces(pair.a).traces[0],
  B = readTraces(pair.b).traces[0];
const d = diffTraces(A, B);
const id = (k) => k.slice(k.indexOf('/') + 1);
const found = new Map(d.pairs.map((p) => [id(p.a), p]));
const back = new Map([...pair.truth].map(([x, y]) => [y, x]));
const path = (T, i) => {
  const out = [];
  for (let s = T.find(i); s; s = s.parent) out.unshift(s.name.slice(0, 18) + '(' + s.index + ')');
  return out.slice(-4).join('/');
};
const tally = {};
let shown = 0;
for (const p of d.pairs)
  if (pair.truth.get(id(p.a)) !== id(p.b)) {
    const t = pair.truth.has(id(p.a)) ? 'wrong partner' : back.has(id(p.b)) ? 'b belongs elsewhere' : 'both new';
    tally[`${t} ${p.by}`] ??= 0;
    tally[`${t} ${p.by}`] += 1;
    if (shown++ < Number(show))
      console.log(
        t,
        p.by,
        p.confidence.toFixed(2),
        '\n   A',
        path(A, id(p.a)),
        '\n   B',
        path(B, id(p.b)),
        pair.truth.has(id(p.a)) ? '\n   truth ' + path(B, pair.truth.get(id(p.a))) : '',
      );
  }
shown = 0;
for (const [x, y] of pair.truth)
  if (!found.has(x)) {
    const t = 'missed ' + (d.pairs.some((p) => id(p.b) === y) ? 'b taken' : 'b free');
    tally[t] ??= 0;
    tally[t] += 1;
    if (shown++ < Number(show)) console.log(t, '\n   A', path(A, x), '\n   B', path(B, y));
  }
console.log(tally, 'truth', pair.truth.size, 'pairs', d.pairs.length);
