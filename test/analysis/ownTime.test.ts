import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countsWith, ownTime } from '../../src/analysis/time/ownTime.ts';
import { ownTimeByService, serviceColor } from '../../src/analysis/time/ownTimeByService.ts';
import { ownTimeByKind } from '../../src/analysis/time/ownTimeByKind.ts';
import { readTraces, selfTime } from '../../src/core.ts';
import { anyForest, documentOf } from '../model/anyForest.ts';
import { drawTrace } from '../model/drawTrace.ts';

const trace = drawTrace(`
  agent           0-----------100
    llm chat       5-----60
      POST /v1      6----59     kind=http
        connect      6-8        kind=rpc
    llm wrapper           60-----90
      llm inner             62--88
        POST /v1             63-87   kind=http
    GET /page                     90-95  kind=http
`);

it('the requests of a client count with the call of its model, and all others for themselves', () => {
  expect(Array.from(countsWith(trace))).toEqual([-1, 1, 1, 1, -1, 5, 5, -1]);
  expect(Array.from(ownTime(trace), (time) => time / 1e6)).toEqual([10, 55, 0, 0, 4, 26, 0, 5]);
});

it('own time by kind has the time of models under llm, and that of other requests under their own', () => {
  expect(ownTimeByKind(trace).map(({ kind, time }) => `${kind} ${time / 1e6}`)).toEqual([
    'llm 85',
    'agent 10',
    'span 5',
  ]);
});

it('is self time wherever no call of a model is', () => {
  fc.assert(
    fc.property(anyForest, (spans) => {
      for (const each of readTraces(documentOf(spans)).traces) {
        const calls = countsWith(each);
        const [own, self] = [ownTime(each), selfTime(each)];
        for (const { index } of each.spans()) {
          const within = calls[index] === index ? own[index]! >= self[index]! : own[index] === 0;
          const isRight = calls[index] === -1 ? own[index] === self[index] : within;
          expect({ index, isRight }).toEqual({ index, isRight: true });
        }
      }
    }),
  );
});

it('own time by service goes to the service that was open and waited for none below', () => {
  const request = drawTrace(`
    GET /     0------100   service=gateway
      load     10---60     service=cart
        SELECT  20-50      service=db
      load        60-70    service=cart
    lost      1-5
  `);
  expect(ownTimeByService(request).map(({ service, time }) => `${service} ${time / 1e6}`)).toEqual([
    'gateway 40',
    'cart 30',
    'db 30',
  ]);
  expect(Array.from(request.spans(), ({ name, index }) => `${name} ${serviceColor(request, index)}`)).toEqual([
    'GET / 1',
    'load 2',
    'SELECT 3',
    'load 2',
    'lost 0',
  ]);
});
