import { expect, it } from 'vitest';
import { parseTraces, readTraces } from '../../src/core.ts';
import { missingParts } from '../../src/analysis/traces/missingParts.ts';
import { drawDocument } from '../model/drawTrace.ts';

const whole = JSON.stringify(drawDocument('chain answer 0---10\n  llm chat 2-5'));
const codes = async (text: string): Promise<readonly string[]> => {
  const set = await parseTraces(text);
  return missingParts(set.diagnostics, set.traces[0]!).map(({ code }) => code);
};

it('is nothing for a whole file, whatever was repaired in it', async () => {
  expect(await codes(whole)).toEqual([]);
  const repaired = readTraces(drawDocument('chain answer 0---10\n  llm chat 2-5  parent=nobody'));
  expect(missingParts(repaired.diagnostics, repaired.traces[0]!)).toEqual([]);
});

it('says that a file was cut off, and that lines were left out, the worst first', async () => {
  expect(await codes(`${whole}\n${whole.slice(0, -9)}`)).toContain('truncated-json');
  expect(await codes(`${whole}\n{"a": nonsense\n${whole}`)).toContain('bad-line');
});

it('leaves out what is said of other traces alone', () => {
  const set = readTraces(drawDocument('chain answer 0---10'));
  const trace = set.traces[0]!;
  const note = (keys: readonly string[]) => ({
    code: 'partial-page',
    severity: 'warning' as const,
    message: '',
    count: 1,
    keys,
  });
  expect(missingParts([note(['other/1'])], trace)).toEqual([]);
  expect(missingParts([note(['other/1', trace.span(0).key])], trace)).toHaveLength(1);
});
