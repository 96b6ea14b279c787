import { describe, expect, it } from 'vitest';
import { diffTraces, type DiffRow, type Trace, type TraceDiffResult } from '../../../src/core.ts';
import { drawPair } from './drawPair.ts';

const nameIn = (trace: Trace, key: string | null): string => (key === null ? '' : trace.find(key)!.name);

/** One line per row: indentation, sign, names, and what else it says. */
function drawRows(diff: TraceDiffResult, a: Trace, b: Trace): readonly string[] {
  const SIGNS: Readonly<Record<DiffRow['op'], string>> = { same: '=', changed: '~', added: '+', removed: '-' };
  const names = (row: DiffRow): string =>
    row.a !== null && row.b !== null && nameIn(a, row.a) !== nameIn(b, row.b)
      ? `${nameIn(a, row.a)} → ${nameIn(b, row.b)}`
      : nameIn(row.b === null ? a : b, row.b ?? row.a);
  const more = ({ moved, wrapped, retry, changed, op }: DiffRow): string =>
    [
      op === 'changed' ? `(${changed.join(', ')})` : '',
      moved ? (moved.reordered ? 'reordered' : 'moved') : '',
      wrapped ? 'wrapper' : '',
      retry ? 'retry' : '',
    ]
      .filter(Boolean)
      .join(' ');
  return diff.rows.map((row) => `${'  '.repeat(row.depth)}${SIGNS[row.op]} ${names(row)} ${more(row)}`.trimEnd());
}

const lines = (text: string): readonly string[] => {
  const all = text.split('\n').filter((line) => line.trim() !== '');
  const margin = /^ */.exec(all[0]!)![0].length;
  return all.map((line) => line.slice(margin));
};

function rowsOf(a: string, b: string): readonly string[] {
  const [left, right] = drawPair(a, b);
  return drawRows(diffTraces(left, right), left, right);
}

const AGENT = `
  agent         0----------100  says=refund_order_20418 gives=refunded
    llm plan    0-20            says=plan_the_refund gives=look_up_the_order_first model=m-1
    tool find   20-40           says=order_20418_please gives=two_captures_with_the_same_reference
    tool pay    40-60           says=return_49_dollars_to_the_card gives=paid_back_in_full
    llm answer  60-90           says=say_that_it_is_done gives=your_money_is_on_its_way model=m-1
`;

describe('a diff of two drawn traces', () => {
  it('of equal runs says same, whatever the times', () => {
    expect(rowsOf(AGENT, AGENT.replace('20-40 ', '20-30 '))).toEqual(
      lines(`
      = agent
        = llm plan
        = tool find
        = tool pay
        = llm answer
    `),
    );
  });

  it.each<readonly [what: string, a: string, b: string, rows: string]>([
    [
      'an inserted step',
      AGENT,
      AGENT.replace('    tool pay', '    tool check  40-40.5  says=is_the_card_known gives=it_is_known\n    tool pay'),
      `
      = agent
        = llm plan
        = tool find
        + tool check
        = tool pay
        = llm answer
    `,
    ],
    [
      'a removed step, where it stood',
      AGENT,
      AGENT.replace(/ {4}tool find.*\n/, ''),
      `
      = agent
        = llm plan
        - tool find
        = tool pay
        = llm answer
    `,
    ],
    [
      'another output, model and outcome',
      AGENT,
      AGENT.replace('gives=paid_back_in_full', 'gives=the_bank_says_no')
        .replace('on_its_way model=m-1', 'on_its_way model=m-2')
        .replace('tool find   ', 'tool find ✗ '),
      `
      = agent
        = llm plan
        ~ tool find (status)
        ~ tool pay (output)
        ~ llm answer (model)
    `,
    ],
    [
      'a new name',
      AGENT,
      AGENT.replace('tool pay', 'tool transfer'),
      `
      = agent
        = llm plan
        = tool find
        ~ tool pay → tool transfer (name)
        = llm answer
    `,
    ],
    [
      'a new kind under the old name',
      AGENT,
      AGENT.replace('tool pay    40-60', 'tool pay    40-60  kind=chain'),
      `
      = agent
        = llm plan
        = tool find
        ~ tool pay (kind)
        = llm answer
    `,
    ],
    [
      'a wrapper that came: what is inside keeps its partner',
      AGENT,
      `
      agent         0----------100  says=refund_order_20418 gives=refunded
        llm plan    0-20            says=plan_the_refund gives=look_up_the_order_first model=m-1
        chain work  20-60
          tool find   20-40           says=order_20418_please gives=two_captures_with_the_same_reference
          tool pay    40-60           says=return_49_dollars_to_the_card gives=paid_back_in_full
        llm answer  60-90           says=say_that_it_is_done gives=your_money_is_on_its_way model=m-1
    `,
      `
      = agent
        = llm plan
        + chain work wrapper
          = tool find
          = tool pay
        = llm answer
    `,
    ],
    [
      'the order of two steps',
      AGENT,
      AGENT.replace('20-40  ', '40-58  ').replace('40-60  ', '20-38  '),
      `
      = agent
        = llm plan
        = tool pay
        = tool find reordered
        = llm answer
    `,
    ],
    [
      'a failed attempt before the one that works',
      AGENT,
      AGENT.replace(
        '    tool pay',
        '    tool pay ✗  40-41  says=return_49_dollars_to_the_card gives=timeout\n    tool pay',
      ),
      `
      = agent
        = llm plan
        = tool find
        + tool pay retry
        = tool pay retry
        = llm answer
    `,
    ],
    [
      'steps side by side, which start in another order',
      `
      chain map       0-----100
        tool one      10-50  says=the_first_question_of_all gives=some_answer_to_it
        tool two      11-60  says=another_question_to_ask gives=nothing_was_found_there
        tool three    12-40  says=the_last_of_the_questions gives=three_documents_at_once
    `,
      `
      chain map       0-----100
        tool three    10-50  says=the_last_of_the_questions gives=three_documents_at_once
        tool one      11-60  says=the_first_question_of_all gives=some_answer_to_it
        tool two      12-40  says=another_question_to_ask gives=nothing_was_found_there
    `,
      `
      = chain map
        = tool three
        = tool one
        = tool two
    `,
    ],
    [
      'counters in names, which say nothing',
      `
      agent       0----------100
        chain step 1  0-20   says=look_at_the_first_file gives=it_is_empty_so_far
        chain step 2  20-40  says=look_at_the_second_file gives=it_holds_the_table
    `,
      `
      agent       0----------100
        chain step 1  0-10   says=make_a_list_of_files gives=there_are_two_of_them
        chain step 2  10-20  says=look_at_the_first_file gives=it_is_empty_so_far
        chain step 3  20-40  says=look_at_the_second_file gives=it_holds_the_table
    `,
      `
      = agent
        + chain step 1
        = chain step 1 → chain step 2
        = chain step 2 → chain step 3
    `,
    ],
    [
      'a model that stands in the name',
      `
      agent            0----------100
        chat gpt-4o    0-20   kind=llm model=gpt-4o-2024-08-06 says=tell_me_a_story gives=once_upon_a_time
    `,
      `
      agent               0----------100
        chat gpt-4o-mini  0-20   kind=llm model=gpt-4o-mini says=tell_me_a_story gives=once_upon_a_time
    `,
      `
      = agent
        ~ chat gpt-4o → chat gpt-4o-mini (model)
    `,
    ],
  ])('shows %s', (_, a, b, rows) => expect(rowsOf(a, b)).toEqual(lines(rows)));

  it('finds a step that moved to other parents', () => {
    const [a, b] = drawPair(
      `
      agent           0----------100
        chain first   0-40
          tool deep   5-20   says=a_question_that_nobody_else_asks gives=an_answer_of_its_own
          tool stays  20-30  says=here_i_am_and_stay gives=yes_indeed_i_do
        chain second  40-80
          tool other  45-60  says=something_else_entirely gives=well_then_so_be_it
    `,
      `
      agent           0----------100
        chain first   0-40
          tool stays  20-30  says=here_i_am_and_stay gives=yes_indeed_i_do
        chain second  40-80
          tool other  45-60  says=something_else_entirely gives=well_then_so_be_it
          tool deep   65-70  says=a_question_that_nobody_else_asks gives=an_answer_of_its_own
    `,
    );
    const diff = diffTraces(a, b);
    expect(drawRows(diff, a, b)[5]).toBe('    = tool deep moved');
    expect([nameIn(a, diff.rows[5]!.moved!.from), nameIn(b, diff.rows[5]!.moved!.to)]).toEqual([
      'chain first',
      'chain second',
    ]);
    expect(diff.pairs.find((pair) => nameIn(a, pair.a) === 'tool deep')).toMatchObject({
      by: 'moved',
      confidence: expect.closeTo(0.98, 1) as number,
    });
  });

  it('counts iterations on both sides', () => {
    const loop = (turns: number): string =>
      `agent 0------1000\n${Array.from({ length: turns }, (_, at) => `  chain turn ${at * 100}-${at * 100 + 90}\n    llm ask ${at * 100}-${at * 100 + 50} says=question_number_${at * 7}_of_many gives=answer_number_${at * 7}_of_many`).join('\n')}`;
    const [a, b] = drawPair(loop(2), loop(4));
    const turns = diffTraces(a, b).rows.filter(({ iteration }) => iteration);
    expect(turns.map(({ iteration }) => iteration)).toEqual([
      { a: 1, b: 1 },
      { a: 2, b: 2 },
      { a: null, b: 3 },
      { a: null, b: 4 },
    ]);
  });

  it('honours what the reader says', () => {
    const [a, b] = drawPair(AGENT, AGENT);
    const keyOf = (trace: Trace, name: string): string =>
      Array.from(trace.spans()).find((span) => span.name === name)!.key;
    const partner = (options: Parameters<typeof diffTraces>[2], name: string): string =>
      nameIn(b, diffTraces(a, b, options).pairs.find((pair) => pair.a === keyOf(a, name))?.b ?? null);
    expect(partner({}, 'tool pay')).toBe('tool pay');
    expect(partner({ pair: [[keyOf(a, 'tool pay'), keyOf(b, 'tool find')]] }, 'tool pay')).toBe('tool find');
    expect(partner({ forbid: [[keyOf(a, 'tool pay'), keyOf(b, 'tool pay')]] }, 'tool pay')).not.toBe('tool pay');
    expect(diffTraces(a, b, { pair: [['nobody', 'none']] })).toEqual(diffTraces(a, b));
  });

  it('compares two steps of one trace', () => {
    const [a] = drawPair(
      `
      agent       0----------100
        chain step 1  0-20
          tool find   0-10   says=where_is_the_first_file gives=in_the_first_folder
        chain step 2  20-40
          tool find   20-30  says=where_is_the_second_file gives=nobody_knows_that
    `,
      AGENT,
    );
    const [one, other] = [1, 3].map((index) => ({ trace: a, key: a.span(index).key }));
    const diff = diffTraces(one!, other!);
    expect(drawRows(diff, a, a)).toEqual(['= chain step 1 → chain step 2', '  ~ tool find (input, output)']);
    expect(diff.totals['duration']).toEqual({ a: 20e6, b: 20e6, delta: 0, ratio: 1 });
    expect(diffTraces(a, a).counts).toEqual({ same: 5, changed: 0, added: 0, removed: 0, moved: 0 });
  });

  it('does not call unknown 0, nor divide by it', () => {
    const [a, b] = drawPair(
      AGENT.replace('model=m-1', 'model=m-1 in=10 out=5'),
      AGENT.replace('model=m-1', 'model=m-1 in=20 out=5 cost=0.5').replace('60-90', '60-'),
    );
    const { rows, totals } = diffTraces(a, b);
    expect(totals['cost']).toEqual({ a: null, b: 0.5, delta: null, ratio: null });
    expect(totals['input']).toEqual({ a: 10, b: 20, delta: 10, ratio: 2 });
    expect(totals['errors']).toEqual({ a: 0, b: 0, delta: 0, ratio: null });
    expect(rows[4]!.deltas['duration']).toEqual({ a: 30e6, b: null, delta: null, ratio: null });
    expect(rows[2]!.deltas['tokens']).toBeUndefined();
  });
});

describe('what a diff says first', () => {
  const cause = (a: string, b: string): { readonly first: string | undefined; readonly parts: string | undefined } => {
    const [left, right] = drawPair(a, b);
    const diff = diffTraces(left, right);
    return {
      first: diff.changes[0] && `${diff.changes[0].kind}: ${diff.changes[0].message}`,
      parts: diff.divergence
        ? `${diff.divergence.kind} at ${nameIn(right, diff.rows[diff.divergence.row]!.b)}`
        : undefined,
    };
  };
  const SETUP = AGENT.replaceAll('model=m-1', 'model=m-1 prompt=be_kind_and_short temp=0.2');
  const DEAR = AGENT.replaceAll('model=m-1', 'model=m-1 cost=0.01');
  const downstream = (text: string): string => text.replace('your_money_is_on_its_way', 'i_could_not_do_it');

  it.each<readonly [what: string, a: string, b: string, first: RegExp]>([
    [
      'a tool that fails',
      AGENT,
      downstream(AGENT.replace('tool pay   ', 'tool pay ✗ ').replace('gives=paid_back_in_full', 'why=card_expired')),
      /^new-error: tool pay fails now: card expired/,
    ],
    ['a tool that fails no more', AGENT.replace('tool pay   ', 'tool pay ✗ '), AGENT, /^fixed-error: tool pay/],
    ['another model', AGENT, downstream(AGENT.replaceAll('m-1', 'm-2')), /^model: model m-1 → m-2 on 2 calls/],
    [
      'another system prompt',
      SETUP,
      downstream(SETUP.replaceAll('be_kind_and_short', 'answer_like_a_pirate')),
      /^system-prompt: .*differs in llm plan|llm answer/,
    ],
    [
      'another temperature',
      SETUP,
      downstream(SETUP.replaceAll('temp=0.2', 'temp=0.9')),
      /^parameters: temperature 0\.2 → 0\.9/,
    ],
    [
      'another task',
      AGENT,
      downstream(AGENT.replace('says=refund_order_20418', 'says=cancel_order_777')),
      /^input: agent/,
    ],
    ['a step that is gone', AGENT, AGENT.replace(/ {4}tool find.*\n/, ''), /^removed: tool find is gone/],
    [
      'a slow tool',
      AGENT,
      AGENT.replace('0----------100', '0------------900').replace('40-60', '40-800').replace('60-90', '800-890'),
      /^duration: tool pay took longer/,
    ],
    [
      'a dear call',
      DEAR,
      DEAR.replace('on_its_way model=m-1 cost=0.01', 'on_its_way model=m-1 cost=0.9'),
      /^cost: llm answer cost more/,
    ],
    [
      'another answer of a tool',
      AGENT,
      AGENT.replace('gives=paid_back_in_full', 'gives=the_bank_says_no'),
      /^output: tool pay gives another output/,
    ],
    [
      'a retry',
      AGENT,
      AGENT.replace(
        '    tool pay',
        '    tool pay ✗  40-41  says=return_49_dollars_to_the_card why=timeout\n    tool pay',
      ),
      /^new-error: tool pay fails now: timeout/,
    ],
  ])('is %s', (_, a, b, first) => expect(cause(a, b).first).toMatch(first));

  it('is how many more turns a loop took', () => {
    const loop = (turns: number): string =>
      `agent 0------1000\n${Array.from({ length: turns }, (_, at) => `  chain turn ${at * 100}-${at * 100 + 90}\n    llm ask ${at * 100}-${at * 100 + 50} says=question_number_${at * 7}_of_many gives=answer_number_${at * 7}_of_many`).join('\n')}`;
    expect(cause(loop(3), loop(6)).first).toBe('added: 3 more iterations of chain turn');
    expect(cause(loop(3), loop(6)).parts).toBe('structure at chain turn');
  });

  it('names the step from which the two go different ways, and where they meet again', () => {
    const long = `agent 0-------1000\n${Array.from({ length: 12 }, (_, at) => `  tool step${'abcdefghijkl'[at]} ${at * 50}-${at * 50 + 40} says=the_question_${at}_is_here gives=the_answer_${at}_is_here`).join('\n')}`;
    const other = long
      .replace('the_answer_3_is_here', 'something_else')
      .replace('the_question_4_is_here', 'it_follows')
      .replace('the_question_5_is_here', 'it_follows_too');
    const [a, b] = drawPair(long, other);
    const { divergence } = diffTraces(a, b);
    expect(divergence).toEqual({ row: 4, kind: 'output', recoversAt: 7 });
    const [, once] = drawPair(long, long.replace('the_answer_3_is_here', 'something_else'));
    expect(diffTraces(a, once).divergence).toBeNull();
  });

  it('looks for the next differences past steps that only hold them', () => {
    const steps = (first: number): string =>
      `agent 0-------1000\n${Array.from({ length: 8 }, (_, at) => {
        const says = at >= first ? `asked_otherwise_${at}` : `the_question_${at}_is_here`;
        return `  chain step${'abcdefgh'[at]} ${at * 100}-${at * 100 + 90}
    llm ask ${at * 100}-${at * 100 + 40} says=${says} gives=the_answer_${at}_is_here
    tool look${'abcdefgh'[at]} ${at * 100 + 40}-${at * 100 + 80} says=look_up_${at}_for_me gives=found_${at}_for_you`;
      }).join('\n')}`;
    const [a, b] = drawPair(steps(8), steps(3));
    expect(diffTraces(a, b).divergence).toEqual({ row: 11, kind: 'input', recoversAt: 24 });
  });
});
