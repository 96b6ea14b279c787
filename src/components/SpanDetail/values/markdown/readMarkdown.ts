import MarkdownIt from 'markdown-it';
import { rasterData } from '../rasterData.ts';
import { safeTarget } from '../safeTarget.ts';

type Parser = ReturnType<typeof MarkdownIt>;
/** A piece of Markdown, of the parser's making. */
export type Token = ReturnType<Parser['parse']>[number];

/** What stands on the first level of a document, with its lines in the source. `tokens` null = shown as it is written. */
export interface Block {
  readonly tokens: readonly Token[] | null;
  /** First line, and the one behind the last. */
  readonly from: number;
  readonly to: number;
}

export interface MarkdownDocument {
  readonly blocks: readonly Block[];
  /** The place in the text where a line begins; its end for those that are not there. */
  startOf(line: number): number;
  /** What an inline piece is made of; references are those of the whole document. */
  inline(content: string): readonly Token[];
}

/** Deeper lists, quotes and emphasis are text. */
const NESTING_AT_MOST = 30;
/** Longer lists and tables come in several blocks, so that no one is of any size. */
const ITEMS_AT_ONCE = 20;
/** What cannot be divided, and is longer, is shown as it is written. */
const TOKENS_AT_MOST = 2000;
/** A paragraph with more characters is text: some of it costs more than its length. */
const INLINE_AT_MOST = 20_000;

/** Raw HTML is text, and so are links and images that lead anywhere else than they may. */
const settings = { html: false, linkify: true, maxNesting: NESTING_AT_MOST };
const blockParser = create();
blockParser.core.ruler.enableOnly(['normalize', 'block']);
const inlineParser = create();

function create(): Parser {
  const parser = new MarkdownIt(settings);
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  parser.validateLink = (target) => safeTarget(target) !== null || rasterData(target) !== null;
  return parser;
}

/**
 * The blocks of a Markdown text (CommonMark with tables and strikethrough). What is inside them is read when they are
 * drawn, so that a long document costs little more than what is seen of it.
 */
export function readMarkdown(text: string): MarkdownDocument {
  const env = {};
  const starts = [0, ...Array.from(text.matchAll(/\r\n?|\n/g), ({ index, 0: sign }) => index + sign.length)];
  return {
    blocks: blocksOf(blockParser.parse(text, env), starts.length),
    startOf: (line) => starts[line] ?? text.length,
    inline: (content) =>
      content.length > INLINE_AT_MOST ? [] : (inlineParser.parseInline(content, env)[0]?.children ?? []),
  };
}

function blocksOf(tokens: readonly Token[], lines: number): readonly Block[] {
  const blocks: Block[] = [];
  let open = 0;
  for (const [at, { level, nesting, map }] of tokens.entries()) {
    if (level !== 0 || nesting === 1) {
      if (level === 0) open = at;
      continue;
    }
    const own = tokens.slice(nesting === 0 ? at : open, at + 1);
    const [from, to] = own[0]!.map ?? map ?? [0, lines];
    blocks.push(...parted(own, from, to));
  }
  return blocks;
}

/** A long list or table as several. */
function parted(tokens: readonly Token[], from: number, to: number): readonly Block[] {
  const [first] = tokens;
  const isList = first!.type === 'bullet_list_open' || first!.type === 'ordered_list_open';
  const entry = isList ? 'list_item_open' : first!.type === 'table_open' ? 'tr_open' : null;
  const depth = isList ? 1 : 2;
  const starts: number[] = [];
  for (const [at, { type, level }] of tokens.entries()) if (type === entry && level === depth) starts.push(at);
  if (starts.length <= ITEMS_AT_ONCE * 2) return [{ tokens: tokens.length > TOKENS_AT_MOST ? null : tokens, from, to }];
  const parts: Block[] = [];
  for (let item = 0; item < starts.length; item += ITEMS_AT_ONCE) {
    const begin = item === 0 ? 1 : starts[item]!;
    const next = starts[item + ITEMS_AT_ONCE];
    const inside = tokens.slice(begin, next ?? tokens.length - 1);
    parts.push({
      tokens: inside.length > TOKENS_AT_MOST ? null : [startingAt(first!, item), ...inside, tokens.at(-1)!],
      from: item === 0 ? from : (tokens[starts[item]!]!.map?.[0] ?? from),
      to: (next === undefined ? undefined : tokens[next]!.map?.[0]) ?? to,
    });
  }
  return parts;
}

/** An ordered list goes on counting. */
function startingAt(open: Token, item: number): Token {
  if (open.type !== 'ordered_list_open' || item === 0) return open;
  const copy = Object.assign(Object.create(Object.getPrototypeOf(open) as object) as Token, open);
  copy.attrs = [['start', Number(open.attrGet('start') ?? 1) + item]];
  return copy;
}
