/** `spanwise/worker`: a worker that reads traces. It serves as soon as it is imported. */
import { serveTraces } from './worker/serveTraces.ts';

export { serveTraces, type MessageScope } from './worker/serveTraces.ts';

serveTraces();
