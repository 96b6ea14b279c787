export interface Langfuse {
  /** `https://cloud.langfuse.com`, `https://us.cloud.langfuse.com`, or where your own stands. */
  readonly baseUrl: string;
  readonly publicKey: string;
  readonly secretKey: string;
}

const FIELDS = 'core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context';

/** The observations of a trace, all pages as one: what `input` and `parseTraces` take as it is. */
export async function fetchFromLangfuse(traceId: string, langfuse: Langfuse): Promise<object> {
  const authorization = `Basic ${btoa(`${langfuse.publicKey}:${langfuse.secretKey}`)}`;
  const url = new URL('/api/public/v2/observations', langfuse.baseUrl);
  url.search = String(new URLSearchParams({ traceId, fields: FIELDS, limit: '1000' }));
  const data: object[] = [];
  for (;;) {
    const response = await fetch(url, { headers: { authorization } });
    if (!response.ok) throw new Error(`Langfuse answered ${response.status}`);
    const page = (await response.json()) as { data: object[]; meta?: { cursor?: string | null } };
    data.push(...page.data);
    if (!page.meta?.cursor) return { data, meta: {} };
    url.searchParams.set('cursor', page.meta.cursor);
  }
}

/** Langfuse before version 4, where it runs on machines of yours: the trace with its observations and scores. */
export async function fetchFromOlderLangfuse(traceId: string, langfuse: Langfuse): Promise<Response> {
  const authorization = `Basic ${btoa(`${langfuse.publicKey}:${langfuse.secretKey}`)}`;
  const url = new URL(`/api/public/traces/${encodeURIComponent(traceId)}`, langfuse.baseUrl);
  const response = await fetch(url, { headers: { authorization } });
  if (!response.ok) throw new Error(`Langfuse answered ${response.status}`);
  return response;
}
