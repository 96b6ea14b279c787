import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { readTraces } from '../../src/core.ts';
import { createTraceStore } from '../../src/store/createTraceStore.ts';
import { drawDocument } from '../model/drawTrace.ts';
import { asLive } from './asLive.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

it('lets go of the earlier states of a trace that grows, also while something is looked for', async () => {
  const document = drawDocument('agent 0--100\n  tool search 10-20\n  tool write 30-40');
  const store = createTraceStore({ query: 'kind:tool' });
  const states: WeakRef<object>[] = [];
  for (let version = 1; version <= 12; version += 1) {
    const trace = asLive(readTraces(document).traces[0]!, version);
    states.push(new WeakRef(trace.columns.start));
    store.actions.setTrace(trace);
    // What is held weakly is held until the turn is over.
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
  collect();
  expect(store.getState().matches).toHaveLength(2);
  expect(states.filter((state) => state.deref()).length).toBeLessThan(5);
});
