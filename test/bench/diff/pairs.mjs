import { attributes, createRandom } from '../words.mjs';
import { agentRun, copyTree, createVocabulary, renderTexts, walk } from './agentRun.mjs';
import { EDITS, editRun, reword } from './edits.mjs';

/** How much the texts of the two runs have in common. */
export const REGIMES = ['same prompt', 'other model', 'no texts'];

const MS = 1e6;
const EPOCH = 1_795_359_116_000_000_000n;

/**
 * Two runs with known differences: OTLP documents of one trace each, and which span id of the first is which of the
 * second. Ids, times and lengths differ everywhere, and siblings that run side by side start in another order.
 */
export function tracePair({ size, share, regime = 'same prompt', kinds = EDITS, words = 3000, seed = 1 }) {
  const random = createRandom(seed * 7919 + size);
  const vocabulary = createVocabulary(random, words);
  const a = agentRun(random, vocabulary, size);
  const b = copyTree(a);
  editRun(b, random, vocabulary, share, kinds);
  if (regime !== 'no texts') reword(b, random, vocabulary, regime === 'other model' ? 0.5 : 0.25);
  const prompt = vocabulary.sentence(60);
  renderTexts(a, prompt);
  renderTexts(b, regime === 'other model' ? vocabulary.sentence(70) : prompt);
  if (regime === 'other model') for (const { node } of walk(b)) if (node.model) node.model = 'claude-sonnet-4-5';
  const withTexts = regime !== 'no texts';
  return withTruth(spansOf(a, random, withTexts), spansOf(b, random, withTexts));
}

/**
 * Two runs that have nothing to do with each other; with `sameNames` their steps still have the same names, as those of
 * two jobs of one framework.
 */
export function unrelatedPair({ size, seed = 1, sameNames = false }) {
  const sides = [0, 1].map((side) => {
    const random = createRandom(seed * 104_729 + side + size);
    const vocabulary = createVocabulary(random, 3000);
    const root = agentRun(random, vocabulary, size);
    const names = new Map();
    if (!sameNames)
      for (const { node } of walk(root)) {
        if (!names.has(node.name)) names.set(node.name, vocabulary.sentence(2));
        node.name = names.get(node.name);
      }
    renderTexts(root, vocabulary.sentence(60));
    return spansOf(root, random, true);
  });
  return withTruth(sides[0], sides[1]);
}

function withTruth(a, b) {
  const byId = new Map(b.steps.map(({ node, spanId }) => [node.id, spanId]));
  return {
    a: a.document,
    b: b.document,
    truth: new Map(a.steps.flatMap(({ node, spanId }) => (byId.has(node.id) ? [[spanId, byId.get(node.id)]] : []))),
  };
}

/**
 * Times from the leaves up would need two passes; here each step knows its length before, as a random share of what is
 * inside.
 */
function spansOf(root, random, withTexts) {
  const traceId = random.hex(32);
  const all = walk(root);
  const spanIds = new Map(all.map(({ node }) => [node, random.hex(16)]));
  const lengths = new Map();
  for (let i = all.length - 1; i >= 0; i -= 1) {
    const { node } = all[i];
    const inside = node.children.map((child) => lengths.get(child));
    lengths.set(
      node,
      random.between(1, 40) * MS +
        (node.parallel
          ? 4 * MS * inside.length + Math.max(0, ...inside)
          : inside.reduce((sum, each) => sum + each + 2 * MS, 0)) +
        2 * MS,
    );
  }
  const starts = new Map([[root, 0]]);
  for (const { node } of all) {
    let at = starts.get(node) + MS / 2;
    for (const child of node.children) {
      starts.set(child, node.parallel ? at + random.between(0, 3 * MS * node.children.length) : at);
      if (!node.parallel) at += lengths.get(child) + random.between(0, MS);
    }
  }
  const steps = all.map(({ node, parent }) => ({ node, parent, spanId: spanIds.get(node) }));
  const spans = steps.map(({ node, parent, spanId }) => ({
    traceId,
    spanId,
    ...(parent && { parentSpanId: spanIds.get(parent) }),
    name: node.name,
    kind: 1,
    startTimeUnixNano: String(EPOCH + BigInt(starts.get(node))),
    endTimeUnixNano: String(EPOCH + BigInt(starts.get(node) + lengths.get(node))),
    attributes: attributes({
      'openinference.span.kind': node.kind === 'http' || node.kind === 'db' ? 'CHAIN' : node.kind.toUpperCase(),
      ...(withTexts &&
        node.model && {
          'llm.model_name': node.model,
          'llm.token_count.prompt': 40 + Math.round((node.input?.length ?? 0) / 4),
          'llm.token_count.completion': 10 + Math.round((node.output?.length ?? 0) / 4),
        }),
      ...(withTexts && node.input !== null && { 'input.value': node.input }),
      ...(withTexts && node.output !== null && { 'output.value': node.output }),
    }),
    status: node.failed ? { code: 2, message: 'failed' } : { code: 1 },
  }));
  return {
    steps,
    document: {
      resourceSpans: [
        {
          resource: { attributes: attributes({ 'service.name': 'assistant' }) },
          scopeSpans: [{ scope: { name: 'assistant' }, spans }],
        },
      ],
    },
  };
}
