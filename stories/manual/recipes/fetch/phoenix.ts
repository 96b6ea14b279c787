export interface Phoenix {
  /** `http://localhost:6006`, or where yours stands. */
  readonly baseUrl: string;
  /** Its name or id. */
  readonly project: string;
  /** Where authentication is on. */
  readonly apiKey?: string;
}

/** The spans of a trace, all pages as one. Phoenix 13.9 and later: it has the filter by trace. */
export async function fetchFromPhoenix(traceId: string, phoenix: Phoenix): Promise<object> {
  const headers = phoenix.apiKey === undefined ? {} : { authorization: `Bearer ${phoenix.apiKey}` };
  const url = new URL(`/v1/projects/${encodeURIComponent(phoenix.project)}/spans`, phoenix.baseUrl);
  url.search = String(new URLSearchParams({ trace_id: traceId, limit: '1000' }));
  const data: object[] = [];
  for (;;) {
    const response = await fetch(url, { headers });
    if (!response.ok) throw new Error(`Phoenix answered ${response.status}`);
    const page = (await response.json()) as { data: object[]; next_cursor: string | null };
    data.push(...page.data);
    if (!page.next_cursor) return { data, next_cursor: null };
    url.searchParams.set('cursor', page.next_cursor);
  }
}
