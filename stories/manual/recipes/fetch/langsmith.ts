export interface LangSmith {
  /** `https://api.smith.langchain.com`, `https://eu.api.smith.langchain.com`, or where yours stands. */
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** What is shown of a run: unless asked for, some of it is not sent. */
const SELECT = [
  ...['id', 'trace_id', 'parent_run_id', 'dotted_order', 'session_id', 'name', 'run_type', 'status', 'error', 'tags'],
  ...['start_time', 'end_time', 'first_token_time', 'inputs', 'outputs', 'extra', 'events', 'feedback_stats'],
  ...['prompt_tokens', 'completion_tokens', 'total_tokens', 'prompt_cost', 'completion_cost', 'total_cost'],
];

/** The runs of a trace, all pages as one. */
export async function fetchFromLangSmith(traceId: string, langSmith: LangSmith): Promise<object> {
  const url = new URL('/api/v1/runs/query', langSmith.baseUrl);
  const runs: object[] = [];
  let cursor: string | undefined;
  for (;;) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'x-api-key': langSmith.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ trace: traceId, select: SELECT, limit: 100, cursor }),
    });
    if (!response.ok) throw new Error(`LangSmith answered ${response.status}`);
    const page = (await response.json()) as { runs: object[]; cursors?: { next?: string | null } };
    runs.push(...page.runs);
    if (!page.cursors?.next) return { runs };
    cursor = page.cursors.next;
  }
}
