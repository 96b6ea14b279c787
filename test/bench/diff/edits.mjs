import { copyTree, createSteps, walk } from './agentRun.mjs';

/**
 * What can become of a run. Each edit changes the tree in place and answers how many steps it touched, 0 where it does
 * not fit. A step keeps its `id` through all of them; what is new has a new one. Some of these no rule of the diff
 * speaks of: splits, merges, swaps, copies, another kind.
 */
export function createEdits(random, vocabulary) {
  const make = createSteps(random, vocabulary);
  const rename = (name) => `${make.phrase(1, 1)}_${name.replace(/[ \d]+/g, '_')}`;
  const anyPart = () =>
    random.pick([
      make.tool,
      make.llm,
      make.retrieve,
      make.tool,
      make.fanOut,
      () => make.step('chain', 'turn', { children: [make.llm(), make.tool()] }),
    ])();
  const detach = (node, parent) => parent.children.splice(parent.children.indexOf(node), 1);

  return {
    insert(node) {
      const part = anyPart();
      node.children.splice(random.between(0, node.children.length), 0, part);
      return walk(part).length;
    },
    delete(node, parent) {
      const size = walk(node).length;
      if (!parent || size > 40) return 0;
      detach(node, parent);
      markGone(node);
      return size;
    },
    copy(node, parent) {
      if (!parent || walk(node).length > 40) return 0;
      const twin = copyTree(node, true);
      parent.children.splice(parent.children.indexOf(node) + 1, 0, twin);
      return walk(twin).length;
    },
    rename(node, parent) {
      if (!parent) return 0;
      node.name = rename(node.name);
      return 1;
    },
    kind(node, parent) {
      if (!parent || node.kind === 'llm') return 0;
      node.kind = node.kind === 'chain' ? 'agent' : 'chain';
      return 1;
    },
    wrap(node, parent) {
      if (!parent) return 0;
      const at = parent.children.indexOf(node);
      const inside = parent.children.slice(at, at + random.between(1, 4));
      parent.children.splice(
        at,
        inside.length,
        make.step(random.chance(0.5) ? 'chain' : 'agent', rename('wrapper'), { children: inside }),
      );
      return inside.length;
    },
    unwrap(node, parent) {
      if (!parent || node.children.length === 0) return 0;
      parent.children.splice(parent.children.indexOf(node), 1, ...node.children);
      node.gone = true;
      return 1;
    },
    moveFar(node, parent, steps) {
      if (!parent || (node.children.length === 0 && node.input === null)) return 0;
      const target = random.pick(steps).node;
      if (target === parent || target.gone || walk(node).some((below) => below.node === target)) return 0;
      detach(node, parent);
      target.children.splice(random.between(0, target.children.length), 0, node);
      return walk(node).length;
    },
    moveNear(node, parent) {
      if (!parent || parent.children.length < 4) return 0;
      detach(node, parent);
      parent.children.splice(random.between(0, parent.children.length), 0, node);
      return walk(node).length;
    },
    swap(node, parent) {
      const at = parent ? parent.children.indexOf(node) : -1;
      if (at < 1) return 0;
      parent.children.splice(at - 1, 2, node, parent.children[at - 1]);
      return 2;
    },
    retry(node, parent) {
      if (!parent || (node.kind !== 'tool' && node.kind !== 'llm') || node.failed) return 0;
      const failed = {
        ...copyTree(node, true),
        failed: true,
        output: random.chance(0.5) ? 'timeout after 30 s' : null,
      };
      failed.children = failed.children.slice(0, random.between(0, failed.children.length));
      parent.children.splice(parent.children.indexOf(node), 0, failed);
      return walk(failed).length;
    },
    split(node, parent) {
      if (!parent || node.children.length < 2) return 0;
      const at = random.between(1, node.children.length - 1);
      const second = make.step(node.kind, node.name, { input: node.input, children: node.children.splice(at) });
      parent.children.splice(parent.children.indexOf(node) + 1, 0, second);
      return second.children.length + 1;
    },
    merge(node, parent) {
      const next = parent?.children[parent.children.indexOf(node) + 1];
      if (!next || next.kind !== node.kind || next.children.length === 0) return 0;
      node.children.push(...next.children);
      detach(next, parent);
      next.gone = true;
      return next.children.length + 1;
    },
    text(node) {
      if (node.input === null && node.output === null) return 0;
      if (node.input !== null && !node.asks) node.input = make.phrase(3, 15);
      if (node.output !== null) node.output = make.phrase(8, 40);
      return 1;
    },
    model(node) {
      if (node.model === null) return 0;
      node.model = 'gpt-4.1-mini';
      return 1;
    },
    fail(node, parent) {
      if (!parent || node.failed || node.kind !== 'tool') return 0;
      for (const child of node.children) markGone(child);
      Object.assign(node, { failed: true, output: 'timeout after 30 s', children: [] });
      return 1;
    },
  };
}

export const EDITS = [
  'insert',
  'delete',
  'copy',
  'rename',
  'kind',
  'wrap',
  'unwrap',
  'moveFar',
  'moveNear',
  'swap',
  'retry',
  'split',
  'merge',
  'text',
  'model',
  'fail',
];

/** Edits a run until about this share of its steps is touched. */
export function editRun(root, random, vocabulary, share, kinds = EDITS) {
  const edits = createEdits(random, vocabulary);
  let steps = walk(root);
  const goal = share * steps.length;
  let touched = 0;
  for (let tries = 0; touched < goal && tries < goal * 40 + 100; tries += 1) {
    const { node, parent } = random.pick(steps);
    // The list is of before: a step may have gone with its parent, or have another one now.
    if (node.gone || (parent && !parent.children.includes(node)) || parent?.gone) continue;
    touched += edits[random.pick(kinds)](node, parent, steps);
    if (tries % 200 === 199) steps = walk(root);
  }
  return touched;
}

/** A step that is taken out, and all below, must not be edited any more. */
function markGone(node) {
  for (const each of walk(node)) each.node.gone = true;
}

/** Every output said in other words: `share` of its words are others. */
export function reword(root, random, vocabulary, share) {
  for (const { node } of walk(root)) {
    if (node.output === null || (node.kind !== 'llm' && node.kind !== 'agent')) continue;
    node.output = node.output
      .split(' ')
      .map((word) => (random.chance(share) ? vocabulary.word() : word))
      .join(' ');
  }
}
