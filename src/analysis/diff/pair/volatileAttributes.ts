/**
 * Attributes that are new in each run and say nothing of it: ids, times, ports, processes. A `*` at the end stands for
 * any letters.
 */
export const VOLATILE_ATTRIBUTES: readonly string[] = [
  'gen_ai.response.id',
  'gen_ai.conversation.id',
  'session.id',
  'thread.id',
  'thread.name',
  'trace.id',
  'span.id',
  'run_id',
  'langsmith.span.id',
  'langsmith.trace.id',
  'ai.response.id',
  'ai.response.timestamp',
  'http.request.header.*',
  'http.response.header.*',
  'http.response.body.size',
  'http.request.body.size',
  'request.id',
  'request_id',
  'gen_ai.execute_tool.duration',
  'gen_ai.server.request.duration',
  'gen_ai.server.time_to_first_token',
  'gen_ai.server.time_per_output_token',
  'ai.response.msToFirstChunk',
  'ai.response.msToFinish',
  'ai.response.avgOutputTokensPerSecond',
  'net.peer.port',
  'net.host.port',
  'network.peer.port',
  'network.peer.address',
  'client.port',
  'server.port',
  'process.pid',
  'host.id',
  'container.id',
  'k8s.pod.*',
  'code.line.number',
  'code.lineno',
  'metadata.run_id',
  'langfuse.trace.id',
  'ls_run_id',
];

/** Whether the value of an attribute is left out. */
export function createVolatility(ignored: readonly string[]): (key: string) => boolean {
  const all = [...VOLATILE_ATTRIBUTES, ...ignored];
  const exact = new Set(all.filter((name) => !name.endsWith('*')));
  const starts = all.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return (key) =>
    exact.has(key) ||
    starts.some((start) => key.startsWith(start)) ||
    /(?:^|[._])(?:tool_call|call|request|response|trace|span|run|message)[._]id$/.test(key);
}
