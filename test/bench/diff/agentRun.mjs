/**
 * A run of an agent as a tree of plain steps, before it has times, ids or a format: loops flat or wrapped, numbered
 * names, arguments that repeat, fan-outs, failed attempts, sub-agents, and below tools the requests and queries that
 * hold little text. What a model call was given is not written here: `renderTexts` makes it of what happened before, so
 * that an edit changes all that follows from it, as in life.
 *
 * A step: `{ id, kind, name, input, output, model, failed, parallel, children }`. `id` is the same in both traces of a
 * pair.
 */
const TOOLS = [
  'search_docs',
  'read_file',
  'lookup_order',
  'run_tests',
  'send_reply',
  'check_stock',
  'fetch_page',
  'issue_refund',
  'list_files',
  'query_sales',
];
const ROLES = ['research', 'billing', 'coder', 'reviewer', 'planner', 'writer'];

let nextId = 1;
export const newId = () => (nextId += 1);

/** Words that sound like words. `size` = how many there are: 25 are poor and repetitive, 3,000 are rich. */
export function createVocabulary(random, size) {
  const syllables = [
    'ba',
    're',
    'ti',
    'mo',
    'lu',
    'sen',
    'dor',
    'ka',
    'pri',
    'vel',
    'on',
    'ash',
    'ter',
    'qui',
    'fo',
    'ny',
    'gra',
    'zel',
    'um',
    'eth',
  ];
  const words = Array.from({ length: size }, () =>
    Array.from({ length: random.between(1, 4) }, () => random.pick(syllables)).join(''),
  );
  // The square makes some words common and most of them rare.
  const word = () => words[Math.floor(random.next() ** 2 * words.length)];
  return { word, sentence: (count) => Array.from({ length: count }, word).join(' ') };
}

export function createSteps(random, vocabulary) {
  const argumentPool = Array.from({ length: 12 }, () => vocabulary.sentence(random.between(1, 5)));
  const phrase = (from, to) => vocabulary.sentence(random.between(from, to));
  const step = (kind, name, more = {}) => ({
    id: newId(),
    kind,
    name,
    input: null,
    output: null,
    model: null,
    failed: false,
    parallel: false,
    children: [],
    ...more,
  });

  const llm = (name = 'chat') => step('llm', name, { output: phrase(8, 50), model: 'gpt-4.1', asks: true });
  const argument = () => (random.chance(0.35) ? random.pick(argumentPool) : phrase(2, 12));
  const query = () =>
    step(
      'db',
      random.chance(0.5) ? 'SELECT orders' : 'SELECT items',
      random.chance(0.3) ? { input: phrase(3, 8) } : {},
    );
  const tool = () => {
    const node = step('tool', random.pick(TOOLS), {
      input: `{"query":"${argument()}","limit":${random.between(1, 9)}}`,
      output: phrase(5, 40),
    });
    if (random.chance(0.5)) {
      const server = step('http', 'POST /v2/run', { children: Array.from({ length: random.between(0, 3) }, query) });
      node.children.push(random.chance(0.5) ? step('http', 'POST', { children: [server] }) : server);
    }
    return node;
  };
  const retrieve = () =>
    step('retriever', 'retrieve', {
      input: argument(),
      output: phrase(15, 60),
      children: [step('embedding', 'embed', { input: phrase(2, 6) }), query()],
    });
  const attempt = () => {
    const node = tool();
    return random.chance(0.06)
      ? [{ ...node, id: newId(), failed: true, output: 'timeout after 30 s', children: [] }, node]
      : [node];
  };
  const fanOut = () =>
    step('chain', 'map', {
      parallel: true,
      children: Array.from({ length: random.between(2, 9) }, (_, at) =>
        step('chain', random.chance(0.5) ? 'worker' : `worker ${at + 1}`, {
          input: argument(),
          children: [llm('summarize'), ...(random.chance(0.4) ? [tool()] : [])],
        }),
      ),
    });
  const actions = (level) => {
    const list = Array.from({ length: random.between(1, 3) }, attempt).flat();
    if (random.chance(0.15)) list.push(retrieve());
    if (random.chance(0.05)) list.push(fanOut());
    if (level < 2 && random.chance(0.08)) list.push(agent(level + 1));
    return list;
  };
  /** A loop whose iterations are spans of their own, or only follow each other. */
  const agent = (level = 0) => {
    const role = random.pick(ROLES);
    const node = step('agent', `${role} agent`, { input: phrase(6, 20), output: phrase(10, 40) });
    const wrapped = random.chance(0.5);
    const numbered = random.chance(0.6);
    const turns = random.chance(0.15) ? random.between(10, 30) : random.between(2, 8);
    for (let turn = 1; turn <= turns; turn += 1) {
      const inside = [llm(), ...actions(level)];
      if (wrapped) node.children.push(step('chain', numbered ? `step ${turn}` : 'turn', { children: inside }));
      else for (const child of inside) node.children.push(child);
    }
    node.children.push(llm('final answer'));
    return node;
  };
  return { step, llm, tool, query, retrieve, fanOut, agent, phrase, argument };
}

/** A run of about `size` steps. */
export function agentRun(random, vocabulary, size) {
  const make = createSteps(random, vocabulary);
  const root = make.step('agent', 'assistant', { input: make.phrase(10, 25), output: make.phrase(10, 40) });
  for (let left = size - 1; left > 0;) {
    const next =
      left < 12
        ? random.chance(0.5)
          ? make.tool()
          : make.llm()
        : random.chance(0.8)
          ? make.agent()
          : random.chance(0.5)
            ? make.fanOut()
            : make.tool();
    const steps = countSteps(next);
    if (steps > left * 1.5 + 5) continue;
    root.children.push(next);
    left -= steps;
  }
  return root;
}

/** Pre-order, with the parent; without recursion, as some runs are deep. */
export function walk(root) {
  const found = [];
  const open = [{ node: root, parent: null }];
  for (let next = open.pop(); next; next = open.pop()) {
    found.push(next);
    for (let i = next.node.children.length - 1; i >= 0; i -= 1)
      open.push({ node: next.node.children[i], parent: next.node });
  }
  return found;
}

export const countSteps = (root) => walk(root).length;

/** A copy to edit; `fresh` gives every step of it a new identity, as an inserted copy needs. */
export function copyTree(root, fresh = false) {
  const copy = { ...root, id: fresh ? newId() : root.id, children: [...root.children] };
  for (const open = [copy]; open.length > 0;) {
    const node = open.pop();
    node.children = node.children.map((child) => ({ ...child, id: fresh ? newId() : child.id }));
    for (const child of node.children) open.push(child);
  }
  return copy;
}

/**
 * What each model call was asked: the system prompt, the task of its agent, and all that was said and done there
 * before.
 */
export function renderTexts(root, systemPrompt) {
  const history = new Map();
  for (const { node, parent } of walk(root)) {
    if (node.kind === 'agent') history.set(node, [node.input ?? '']);
    else history.set(node, history.get(parent) ?? []);
    const said = history.get(parent) ?? [];
    if (node.asks) {
      node.input = `system: ${systemPrompt} user: ${said.join(' ')}`;
      said.push(`assistant: ${node.output}`);
    } else if (node.kind === 'tool' || node.kind === 'retriever') {
      said.push(`tool: ${node.failed ? 'error' : node.output}`);
    }
  }
}
