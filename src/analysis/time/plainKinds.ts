import { kindCode } from '../../model/codes.ts';

/**
 * Codes of the kinds of plain distributed traces: what stands around an agent, as requests and jobs do, or below a call
 * of a model, as those of its client do.
 */
export const PLAIN_KINDS: ReadonlySet<number> = new Set(
  (['span', 'http', 'rpc', 'messaging', 'db'] as const).map(kindCode),
);
