import { generateDocument } from './generate.mjs';
import { measure } from './measure.mjs';

/**
 * What it costs to understand an agent, relative to `JSON.parse(decode(bytes))` of the same trace: analyses of
 * envelopes (at most 1), and apart from them those that read contents. Each is asked of a trace that remembers nothing.
 * `longest turn` is the longest time that the page waits while the work is done in slices, at least that of a slice.
 */
export async function measureAgents(core, size) {
  const { readTraces, foldLoops, fanOuts, concurrency, slack, speedups, findings, statistics, flameGraph } = core;
  const bytes = Buffer.from(JSON.stringify(generateDocument(size)));
  const parse = () => JSON.parse(new TextDecoder().decode(bytes));
  const prepare = () => readTraces(parse()).traces[0];
  const envelopes = {
    foldLoops,
    fanOuts,
    concurrency,
    slack,
    speedups,
    'agentGraph (≤ 0.5)': (trace) => core.atOnce(core.agentGraphInSteps(trace)),
    'agentGraph, as it ran (≤ 0.5)': (trace) => core.atOnce(core.agentGraphInSteps(trace, 'run')),
    findings: (trace) => findings(trace, { contents: false }),
    // Pictures: at most half of it.
    'statistics (≤ 0.5)': (trace) => statistics(trace, { by: 'name' }),
    'flameGraph, merged (≤ 0.5)': (trace) => flameGraph(trace),
    'flameGraph, as it ran (≤ 0.5)': (trace) => flameGraph(trace, { merged: false, measure: 'own' }),
    'flameGraph, inverted (≤ 0.5)': (trace) => flameGraph(trace, { inverted: true, measure: 'tokens' }),
  };
  const times = await measure(size >= 100_000 ? 3 : 9, {
    json: { work: parse },
    ...Object.fromEntries(Object.entries(envelopes).map(([name, work]) => [name, { work, prepare }])),
    withContents: { work: (trace) => findings(trace), prepare },
  });
  const inSteps = {
    foldLoops: core.foldLoopsInSteps,
    concurrency: core.concurrencyInSteps,
    slack: core.slackInSteps,
    speedups: core.speedupsInSteps,
    'agentGraph (≤ 0.5)': core.agentGraphInSteps,
    'agentGraph, as it ran (≤ 0.5)': (trace) => core.agentGraphInSteps(trace, 'run'),
    'statistics (≤ 0.5)': (trace) => core.statisticsInSteps(trace, { by: 'name' }),
    'flameGraph, merged (≤ 0.5)': (trace) => core.flameGraphInSteps(trace),
    'flameGraph, as it ran (≤ 0.5)': (trace) => core.flameGraphInSteps(trace, { merged: false, measure: 'own' }),
    'flameGraph, inverted (≤ 0.5)': (trace) => core.flameGraphInSteps(trace, { inverted: true, measure: 'tokens' }),
  };
  const ratio = (name) => (times[name] / times.json).toFixed(2);
  return [
    ...Object.keys(envelopes).map((name) => ({
      spans: size,
      analysis: name,
      'of JSON.parse (≤ 1)': ratio(name),
      'longest turn ms': inSteps[name] ? longestTurn(inSteps[name](prepare())).toFixed(1) : '',
    })),
    { spans: size, analysis: 'findings, contents read', 'of JSON.parse (≤ 1)': `(${ratio('withContents')})` },
  ];
}

function longestTurn(steps) {
  let longest = 0;
  for (let done = false; !done;) {
    const start = performance.now();
    done = steps.next().done === true;
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
}
