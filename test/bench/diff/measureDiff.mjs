import { measure } from '../measure.mjs';
import { EDITS } from './edits.mjs';
import { REGIMES, tracePair, unrelatedPair } from './pairs.mjs';
import { scorePairs } from './score.mjs';

const SHARES = [0.02, 0.1, 0.3];
const percent = (part) => `${(100 * part).toFixed(1)} %`;
const seedsFor = (size) => Math.max(1, Math.min(10, Math.round(5_000 / size)));

/**
 * How well and how fast two traces are matched, on runs of agents with known edits, in which all ids, times and lengths
 * differ. F1 is of pairs; spans that nothing but time tells apart are interchangeable. `sure` is how many of the pairs
 * with a confidence of 0.9 or more are right. Time is that of `diffTraces` with texts decoded, beside `JSON.parse` of
 * both files; `decoding` is what reading those texts through the content gate costs. Yields table by table.
 */
export async function* measureDiff(core, sizes) {
  for (const size of sizes) {
    const poor = [
      ['same prompt', 'poor texts'],
      ['other model', 'poor texts, other model'],
    ].map(([regime, words]) => qualityRow(core, { size, regime, words: 25 }, words));
    yield [...REGIMES.map((regime) => qualityRow(core, { size, regime }, regime)), ...poor];
  }
  const kinds = {};
  for (const size of sizes.filter((each) => each <= 1000)) {
    for (const kind of EDITS)
      for (const regime of ['same prompt', 'no texts'])
        (kinds[kind] ??= {})[`${size} ${regime}`] = mean(core, { size, regime, share: 0.1, kinds: [kind] }).f1.toFixed(
          3,
        );
  }
  yield kinds;
  yield sizes
    .filter((size) => size <= 10_000)
    .flatMap((size) =>
      [false, true].map((sameNames) => {
        const { diff, a } = found(core, unrelatedPair({ size, sameNames }));
        return {
          spans: size,
          'unrelated traces': sameNames ? 'with the same names' : 'with other names',
          'paired (few)': percent(diff.pairs.length / a.spanCount),
          'at 0.9 or more (none)': diff.pairs.filter(({ confidence }) => confidence >= 0.9).length,
        };
      }),
    );
  const times = [];
  for (const size of sizes)
    for (const regime of ['same prompt', 'no texts']) times.push(await timeRow(core, size, regime));
  yield times;
}

function qualityRow(core, request, texts) {
  const row = { spans: request.size, texts };
  for (const share of SHARES) {
    const { f1, strict, trusted } = mean(core, { ...request, share });
    row[`F1, ${share * 100} % edited`] = f1.toFixed(3);
    row[`to the span, ${share * 100} %`] = strict.toFixed(3);
    row[`sure (≥ 98 %), ${share * 100} %`] = percent(trusted);
  }
  return row;
}

function mean(core, request) {
  const sum = { f1: 0, strict: 0, trusted: 0 };
  const seeds = seedsFor(request.size);
  for (let seed = 1; seed <= seeds; seed += 1) {
    const pair = tracePair({ ...request, seed });
    const { diff, a, b } = found(core, pair);
    const score = scorePairs(pair, a, b, diff.pairs);
    for (const name of Object.keys(sum)) sum[name] += score[name] / seeds;
  }
  return sum;
}

function found({ readTraces, diffTraces }, pair) {
  const [a, b] = [pair.a, pair.b].map((document) => readTraces(document).traces[0]);
  return { a, b, diff: diffTraces(a, b) };
}

async function timeRow({ readTraces, diffTraces, recordedTexts }, size, regime) {
  const pair = tracePair({ size, share: 0.1, regime });
  const texts = [JSON.stringify(pair.a), JSON.stringify(pair.b)];
  const parse = () => texts.map((text) => JSON.parse(text));
  const read = () => parse().map((document) => readTraces(document).traces[0]);
  const decoded = () => {
    const traces = read();
    for (const trace of traces) recordedTexts(trace);
    return traces;
  };
  // One pair for all rounds would have its self times and sums at hand.
  const time = await measure(size >= 100_000 ? 3 : size >= 10_000 ? 8 : 40, {
    json: { work: parse },
    decoding: { work: (traces) => traces.forEach(recordedTexts), prepare: read },
    diff: { work: ([a, b]) => diffTraces(a, b), prepare: decoded },
  });
  return {
    spans: size,
    texts: regime,
    'MB, both': ((texts[0].length + texts[1].length) / 1e6).toFixed(1),
    'JSON ms': time.json.toFixed(1),
    'diff ms (≤ 30 at 1,000)': time.diff.toFixed(1),
    'diff / JSON (≤ 3 from 10,000)': `${(time.diff / time.json).toFixed(2)} ×`,
    'decoding / JSON': `${(time.decoding / time.json).toFixed(2)} ×`,
  };
}
