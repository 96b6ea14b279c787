import { describe, expect, it } from 'vitest';
import { createTraceStream, parseTraces, toNativeJson } from '../../../src/core.ts';
import { generatedFiles } from '../../fixtures/generate/files.ts';

const lined = generatedFiles.filter(({ texts }) => texts.length === 1 && texts[0]!.includes('\n{'));

/** Files that programs write line by line while they run: they are looked at after every few lines. */
describe.each(lined)('$name, as it grows', ({ texts: [text] }) => {
  it.each([1, 3])('is after its last line what reading the file gives (%i lines at once)', async (size) => {
    const stream = createTraceStream();
    const lines = text!.split('\n');
    for (let at = 0; at < lines.length; at += size) {
      await stream.append(lines.slice(at, at + size).join('\n'));
      stream.snapshot();
    }
    stream.close();
    const { traces } = await parseTraces(text!);
    const { traces: streamed } = stream.snapshot();
    expect(streamed.map((trace) => toNativeJson(trace))).toEqual(traces.map((trace) => toNativeJson(trace)));
  });
});
