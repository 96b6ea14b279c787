import { fileURLToPath } from 'node:url';
import { relative } from 'node:path';
import { API, TypeFlags, type Type } from 'typescript/unstable/sync';
import {
  SyntaxKind,
  type BinaryExpression,
  type ElementAccessExpression,
  type Expression,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast';
import { afterAll, describe, expect, it } from 'vitest';
import type { SpanKind, SpanStatus } from '../src/core.ts';

/**
 * Every object answers to `constructor` and `__proto__`, so that a table is asked by text only through `ownValue`, and
 * written by it only through `setOwn`. The type checker knows which text is not written in the source. What is left
 * out: reading a field of a recorded object, as all that comes of that is `unknown` and looked at before it is used.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const api = new API({ cwd: root });
afterAll(() => api.close());
const { program, checker } = api.updateSnapshot({ openProjects: [`${root}tsconfig.json`] }).getProjects()[0]!;

const GUARD = 'src/model/ownValue.ts';
const ASSIGNS = (kind: SyntaxKind): boolean => kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;

/** The places of a file where an object is asked for, or given, a field whose name is not written in the source. */
function lookUpsByText(source: SourceFile): readonly string[] {
  const found: string[] = [];
  const open: Node[] = [source];
  for (let node = open.pop(); node; node = open.pop()) {
    if (asksByText(node)) found.push(source.text.slice(node.pos, node.end).trim().replace(/\s+/g, ' '));
    node.forEachChild((child) => {
      open.push(child);
    });
  }
  return found.reverse();
}

function asksByText(node: Node): boolean {
  if (node.kind === SyntaxKind.ElementAccessExpression) {
    const { expression, argumentExpression } = node as ElementAccessExpression;
    return isAnyText(argumentExpression) && (isWritten(node) || !isRecorded(expression));
  }
  const { operatorToken, left, right } = node as BinaryExpression;
  return (
    node.kind === SyntaxKind.BinaryExpression &&
    operatorToken.kind === SyntaxKind.InKeyword &&
    isAnyText(left) &&
    !isRecorded(right)
  );
}

function isWritten(node: Node): boolean {
  const { left, operatorToken } = node.parent as BinaryExpression;
  return (
    (node.parent.kind === SyntaxKind.BinaryExpression && left === node && ASSIGNS(operatorToken.kind)) ||
    node.parent.kind === SyntaxKind.DeleteExpression
  );
}

const partsOf = (type: Type | undefined): readonly Type[] =>
  type?.isUnionType() ? type.getTypes() : type ? [type] : [];

/** Text of which the checker does not know the words: `string`, a template, a kind of a host, `any`. */
function isAnyText(key: Expression): boolean {
  if (key.kind === SyntaxKind.StringLiteral) return false;
  const type = checker.getTypeAtLocation(key);
  const known = type && (type.flags & TypeFlags.TypeParameter) !== 0 ? checker.getBaseConstraintOfType(type) : type;
  return partsOf(known).some(
    ({ flags }) =>
      (flags &
        (TypeFlags.String |
          TypeFlags.TemplateLiteral |
          TypeFlags.StringMapping |
          TypeFlags.Intersection |
          TypeFlags.Any)) !==
      0,
  );
}

/** An object of which nothing is known but that it has fields. */
function isRecorded(object: Node): boolean {
  const type = checker.getTypeAtLocation(object)!;
  const fields = checker.getIndexInfosOfType(type);
  return (
    (type.flags & TypeFlags.NonPrimitive) !== 0 ||
    (fields.length > 0 && fields.every(({ valueType }) => (valueType.flags & TypeFlags.Unknown) !== 0))
  );
}

const files = program.getSourceFileNames().filter((file) => file.startsWith(`${root}src/`));

describe('look-ups by recorded text', () => {
  it('go through one guarded place in all of src', () => {
    expect(files.length).toBeGreaterThan(300);
    const found = files.flatMap((file) =>
      lookUpsByText(program.getSourceFile(file)!).map((text) => `${relative(root, file)}: ${text}`),
    );
    expect(found.filter((place) => !place.startsWith(GUARD))).toEqual([]);
    expect(found.length).toBe(2);
  });

  it('are found, whatever they look like', () => {
    const own = lookUpsByText(program.getSourceFile(fileURLToPath(import.meta.url))!);
    expect(own).toEqual([
      'counts[word]',
      'table[word]',
      "{ ok: 'OK', error: 'Error' }[word]",
      'styles?.[kind]',
      'table[`--${word}`]',
      'word in table',
    ]);
  });
});

/** Not run: it is what the second test finds, and what it does not. */
export function samples(
  word: string,
  kind: SpanKind,
  status: SpanStatus,
  list: readonly number[],
  place: number,
): unknown {
  const table: Record<string, number> = {};
  const styles = table as Readonly<Record<string, number>> | undefined;
  const counts: Record<string, unknown> = {};
  const words = { ok: 1, error: 2, warning: 3, unset: 4, running: 5 };
  counts[word] = 1;
  return [
    table[word],
    { ok: 'OK', error: 'Error' }[word],
    styles?.[kind],
    table[`--${word}`],
    word in table,
    // Known words, places of lists, and what is recorded.
    table['ok'],
    words[status],
    list[place],
    counts[word],
    word in counts,
  ];
}
