import { describe, expect, it } from 'vitest';
import { stackFrames } from '../../../src/analysis/values/stackFrames.ts';

const frames = (text: string): readonly string[] | undefined =>
  stackFrames(text)?.frames.map(
    ({ file, line, called, own, library }) => `${own ? '' : `[${library}] `}${file}:${line} ${called}`,
  );

describe('frames of a stack trace', () => {
  it('of Python come innermost first, with their line of source', () => {
    const text = `Traceback (most recent call last):
  File "/app/agent.py", line 88, in run
    result = check(invoice)
  File "/usr/lib/python3.12/site-packages/httpx/_client.py", line 131, in send
    raise ReadTimeout(message)
httpx.ReadTimeout: timed out`;
    expect(frames(text)).toEqual([
      '[httpx] /usr/lib/python3.12/site-packages/httpx/_client.py:131 send',
      '/app/agent.py:88 run',
    ]);
    expect(stackFrames(text)!.frames[1]!.source).toBe('result = check(invoice)');
  });

  it('of JavaScript are as they stand, those of packages and of node are told apart', () =>
    expect(
      frames(`UpstreamTimeoutError: timed out
    at PaymentsClient.request (file:///app/payments/client.mjs:88:11)
    at async Promise.all (index 0)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
    at async fetchIt (/app/node_modules/@scope/http/dist/index.js:12:3)
    at /app/tools/refund.mjs:19:5`),
    ).toEqual([
      '/app/payments/client.mjs:88 PaymentsClient.request',
      'index 0:null Promise.all',
      '[node] node:internal/process/task_queues:95 process.processTicksAndRejections',
      '[@scope/http] /app/node_modules/@scope/http/dist/index.js:12 fetchIt',
      '/app/tools/refund.mjs:19 null',
    ]));

  it('of the JVM are read, and what stands before them is kept', () => {
    const text = 'java.io.IOException: no\n\tat com.shop.Pay.check(Pay.java:12)\n\tat com.shop.Main.main(Main.java:3)';
    expect(frames(text)).toEqual(['Pay.java:12 com.shop.Pay.check', 'Main.java:3 com.shop.Main.main']);
    expect(stackFrames(text)!.head).toBe('java.io.IOException: no');
  });

  it('are none where the text has none', () => {
    expect(stackFrames('It did not work.')).toBeNull();
    expect(stackFrames('')).toBeNull();
    expect(stackFrames(`    at ${'('.repeat(50_000)}`)).toBeNull();
  });
});
