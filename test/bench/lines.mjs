import { bytesInUse } from './measure.mjs';
import { createRandom } from './words.mjs';

/*
 * What programs keep line by line, as large as asked for: a session of Claude Code, in which most is what tools gave back,
 * and an export of LangSmith's runs, in which most is what models were given.
 */

const TURN = 12;
const SOURCE = [
  'export function berthOf(ferry) {',
  '  // “Harbour” is what people call it — the list says “berth”.',
  '  const { berth, "line": line } = ferry;',
  '\tif (!berth) throw new Error(`No berth of ${line}\\n`);',
  '  return berth.split("/").map((part) => part.trim());',
  '}',
  '',
];

/** Some lines of a program, about so many characters. */
function someSource(random, length) {
  let text = '';
  while (text.length < length) text += `${random.between(1, 400)}\t${SOURCE[random.between(0, SOURCE.length - 1)]}\n`;
  return text;
}

const uuid = (random) => random.hex(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const timeAt = (millis) => new Date(1_795_359_116_728 + millis).toISOString();

/** The lines of a session of Claude Code. A turn has some calls, each of which uses a tool. */
export function* claudeCodeLines(bytes, seed = 1) {
  const random = createRandom(seed);
  const around = {
    isSidechain: false,
    userType: 'external',
    entrypoint: 'cli',
    cwd: '/srv/ferry',
    sessionId: uuid(random),
    version: '2.1.332',
    gitBranch: 'main',
  };
  let time = 0;
  let parentUuid = null;
  const written = { bytes: 0 };
  const line = (type, fields) => {
    const id = uuid(random);
    const text = JSON.stringify({ parentUuid, ...around, type, ...fields, uuid: id, timestamp: timeAt((time += 900)) });
    parentUuid = id;
    written.bytes += text.length + 1;
    return text;
  };
  const answer = (id, block, output) =>
    line('assistant', {
      requestId: `req_${id}`,
      message: {
        id: `msg_${id}`,
        type: 'message',
        role: 'assistant',
        model: 'claude-opus-5',
        content: [block],
        stop_reason: block.type === 'text' ? 'end_turn' : 'tool_use',
        stop_sequence: null,
        usage: {
          input_tokens: 6,
          cache_creation_input_tokens: 2211,
          cache_read_input_tokens: 90_000,
          output_tokens: output,
          service_tier: 'standard',
        },
      },
    });
  while (written.bytes < bytes) {
    yield line('user', {
      message: { role: 'user', content: `Where is ${random.hex(6)} read? ${someSource(random, 200)}` },
    });
    for (let step = 0; step < TURN && written.bytes < bytes; step += 1) {
      const id = random.hex(24);
      const tool = `toolu_${random.hex(24)}`;
      yield answer(id, { type: 'text', text: `Look at ${random.hex(4)}. ${someSource(random, 300)}` }, 20);
      yield answer(
        id,
        { type: 'tool_use', id: tool, name: 'Read', input: { file_path: `/srv/ferry/${random.hex(8)}.ts` } },
        150,
      );
      const content = someSource(random, random.between(1000, 8000));
      yield line('user', {
        message: { role: 'user', content: [{ tool_use_id: tool, type: 'tool_result', content }] },
        toolUseResult: { type: 'text', file: { filePath: '/srv/ferry/a.ts', content, numLines: 90, startLine: 1 } },
      });
    }
    yield answer(random.hex(24), { type: 'text', text: `There. ${someSource(random, 600)}` }, 90);
  }
}

/** The runs of an export of LangSmith: chains, below them models that get all that was said before, and tools. */
export function* langsmithRuns(bytes, seed = 1) {
  const random = createRandom(seed);
  let time = 0;
  const written = { bytes: 0 };
  const run = (parent, root, type, name, fields) => {
    const id = uuid(random);
    const start = timeAt((time += 40));
    const place = `${start.replace(/[-:.]/g, '').slice(0, -1)}000Z${id}`;
    const dotted_order = parent ? `${parent.dotted_order}.${place}` : place;
    const made = {
      id,
      name,
      run_type: type,
      start_time: start,
      end_time: timeAt(time + 700),
      trace_id: root?.id ?? id,
      ...(parent ? { parent_run_id: parent.id } : {}),
      dotted_order,
      session_name: 'ferry-desk',
      status: 'success',
      extra: {
        metadata: { ls_provider: 'openai', ls_model_name: 'gpt-5', revision_id: 'a' },
        runtime: { sdk: 'langsmith-js', sdk_version: '0.12.0' },
      },
      tags: ['ferry'],
      ...fields,
      events: [{ name: 'start', time: start }],
      error: null,
    };
    written.bytes += JSON.stringify(made).length + 1;
    return made;
  };
  while (written.bytes < bytes) {
    const said = [{ role: 'user', content: `Which ferry is late? ${someSource(random, 300)}` }];
    const root = run(null, null, 'chain', 'ferry desk', {
      inputs: { messages: [...said] },
      outputs: { output: 'Berth 4' },
    });
    yield root;
    for (let step = 0; step < 6 && written.bytes < bytes; step += 1) {
      const text = someSource(random, 400);
      yield run(root, root, 'llm', 'ChatOpenAI', {
        inputs: { messages: [...said] },
        outputs: {
          role: 'assistant',
          content: text,
          usage_metadata: { input_tokens: 900, output_tokens: 90, total_tokens: 990 },
        },
      });
      const found = someSource(random, 1200);
      yield run(root, root, 'tool', 'look_up', { inputs: { query: text.slice(0, 40) }, outputs: { output: found } });
      said.push({ role: 'assistant', content: text }, { role: 'tool', content: found });
    }
  }
}

/** Bytes of lines, or of one list of values. */
export function linesAsBytes(lines, asList = false) {
  const parts = [];
  let first = true;
  for (const line of lines) {
    const text = typeof line === 'string' ? line : JSON.stringify(line);
    parts.push(Buffer.from(asList ? `${first ? '[' : ',\n'}${text}` : `${text}\n`));
    first = false;
  }
  if (asList) parts.push(Buffer.from(']'));
  return Buffer.concat(parts);
}

/**
 * What it costs to read so many MB of each, held as bytes and as objects: CPU beside `JSON.parse` of each line alone, and
 * what is held when all else is collected, beside the bytes.
 */
export async function measureLines({ parseTraces }, megabytes) {
  const rows = [];
  const inputs = {
    'Claude Code, a session': () => linesAsBytes(claudeCodeLines(megabytes * 1e6)),
    'LangSmith, a run a line': () => linesAsBytes(langsmithRuns(megabytes * 1e6)),
    'LangSmith, a list of runs': () => linesAsBytes(langsmithRuns(megabytes * 1e6), true),
  };
  for (const [input, make] of Object.entries(inputs)) {
    for (const holdAs of ['objects', 'bytes']) {
      const bytes = make();
      const alone = await cpuSeconds(() => parseLines(bytes));
      const before = await bytesInUse();
      let set;
      const read = await cpuSeconds(async () => (set = await parseTraces(bytes, { holdAs })));
      const spans = set.traces.reduce((sum, { spanCount }) => sum + spanCount, 0);
      rows.push({
        input,
        MB: (bytes.length / 1e6).toFixed(0),
        spans,
        'held as': holdAs,
        'JSON.parse of its lines, s': alone.toFixed(2),
        'bytes → traces, s': read.toFixed(2),
        'bytes/span beyond the bytes (≤ 150)': Math.round(((await bytesInUse()) - before) / spans),
      });
      if (set.traces.length === 0) throw new Error('the generated lines hold no trace');
    }
  }
  return rows;
}

function parseLines(bytes) {
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length;) {
    const feed = bytes.indexOf(10, at);
    const end = feed === -1 ? bytes.length : feed;
    JSON.parse(decoder.decode(bytes.subarray(at, end)).replace(/^\[|[,\]]$/g, ''));
    at = end + 1;
  }
}

async function cpuSeconds(work) {
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}
