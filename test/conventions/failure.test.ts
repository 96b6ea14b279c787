import { describe, expect, it } from 'vitest';
import type { AttributeValue } from '../../src/core.ts';
import { spansOf, type Written } from './producers/read.ts';

const outcome = (span: Omit<Written, 'name'>) => {
  const [read] = spansOf({ name: 'step', ...span });
  return [read!.status, read!.statusOrigin];
};
const attributes = (key: string, value: AttributeValue) => ({ attributes: { [key]: value } });

describe('a step that says nothing of its status', () => {
  it.each<[string, AttributeValue]>([
    ['error.type', 'timeout'],
    ['error', true],
    ['error', 'true'],
    ['success', false],
    ['http.response.status_code', 503],
    ['http.status_code', '500'],
    ['gen_ai.tool.status', 'error'],
  ])('failed where %s is %s', (key, value) => {
    expect(outcome(attributes(key, value))).toEqual(['error', key]);
  });

  it.each<[string, AttributeValue]>([
    ['error.type', ''],
    ['error', false],
    ['error', 'none so far'],
    ['success', true],
    ['http.response.status_code', 404],
    ['http.response.status_code', 200],
    ['gen_ai.tool.status', 'success'],
  ])('did not where %s is %s', (key, value) => {
    expect(outcome(attributes(key, value))).toEqual(['unset', null]);
  });

  it('warns where an exception is all it has', () => {
    const events = [{ name: 'exception', attributes: { 'exception.message': 'retried' } }];
    expect(outcome({ events })).toEqual(['warning', 'exception']);
    expect(outcome({ events, ...attributes('error.type', 'x') })).toEqual(['error', 'error.type']);
  });

  it('fails though it has no end', () => {
    expect(outcome({ end: null, ...attributes('error.type', 'x') })).toEqual(['error', 'error.type']);
    expect(outcome({ end: null })).toEqual(['running', null]);
  });
});

describe('a status that is recorded', () => {
  it('goes before every sign', () => {
    expect(outcome({ status: 1, ...attributes('error.type', 'x') })).toEqual(['ok', 'recorded']);
    expect(outcome({ status: 2 })).toEqual(['error', 'recorded']);
  });

  it('without words takes those of the error', () => {
    const [span] = spansOf({ name: 'step', status: 2, ...attributes('error.type', 'overloaded_error') });
    expect(span!.statusMessage).toBe('overloaded_error');
  });
});

describe('the result of a tool', () => {
  const tool = (result: string) =>
    outcome({ attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.call.result': result } });

  it.each([
    '{"content":[{"type":"text","text":"closed"}],"isError":true}',
    '{"type":"tool","status":"error","content":"closed"}',
    '[{"toolUseId":"t","status":"error","content":[]}]',
    '{"is_error":true,"content":"closed"}',
  ])('tells that it failed: %s', (result) => {
    expect(tool(result)).toEqual(['error', 'tool result']);
  });

  it.each([
    '{"status":"error"}',
    '{"orders":[{"id":1,"isError":true},{"id":2}]}',
    'isError: true',
    '{"isError":false}',
  ])('tells nothing of that: %s', (result) => {
    expect(tool(result)).toEqual(['unset', null]);
  });

  it('of a step that is no tool tells nothing', () => {
    expect(outcome(attributes('output.value', '{"isError":true}'))).toEqual(['unset', null]);
  });
});
