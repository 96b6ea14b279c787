import type { Dialect } from './types.ts';

/** OpenTelemetry's general conventions (HTTP, database, RPC, messaging), old and current names: hints of kind for steps that are not AI. */
export const semconv: Dialect = {
  name: 'semconv',
  slots: {
    'http.request.method': { slot: 'kind', hint: 'http' },
    'http.method': { slot: 'kind', hint: 'http' },
    'db.system.name': { slot: 'kind', hint: 'db' },
    'db.system': { slot: 'kind', hint: 'db' },
    'rpc.system': { slot: 'kind', hint: 'rpc' },
    'rpc.system.name': { slot: 'kind', hint: 'rpc' },
    'messaging.system': { slot: 'kind', hint: 'messaging' },
    'mcp.method.name': { slot: 'kind', kinds: { 'tools/call': 'tool' } },
  },
  content: {},
};
