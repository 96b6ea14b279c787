export interface Tempo {
  /** Such as `http://localhost:3200`. */
  readonly baseUrl: string;
  /** Where there are several. */
  readonly tenant?: string;
}

/** A trace from Grafana Tempo, as JSON of OTLP. */
export async function fetchFromTempo(traceId: string, { baseUrl, tenant }: Tempo): Promise<Response> {
  const response = await fetch(new URL(`/api/v2/traces/${encodeURIComponent(traceId)}`, baseUrl), {
    headers: { accept: 'application/json', ...(tenant === undefined ? {} : { 'x-scope-orgid': tenant }) },
  });
  if (!response.ok) throw new Error(`Tempo answered ${response.status}`);
  return response;
}
