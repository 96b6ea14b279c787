/** A trace from Jaeger's query service, such as `http://localhost:16686`. A `Response` is an `input`, too. */
export async function fetchFromJaeger(traceId: string, baseUrl: string): Promise<Response> {
  const response = await fetch(new URL(`/api/traces/${encodeURIComponent(traceId)}`, baseUrl));
  if (!response.ok) throw new Error(`Jaeger answered ${response.status}`);
  return response;
}
