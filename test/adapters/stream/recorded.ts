import { readdirSync, readFileSync } from 'node:fs';

const fixtures = new URL('../../fixtures/', import.meta.url);

/** A recording, taken apart into the smallest documents that say the same. */
export interface Recording {
  readonly name: string;
  readonly documents: readonly object[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Every recorded trace whose records say themselves what they belong to. */
export const recordings: readonly Recording[] = [
  'console',
  'jaeger',
  'langfuse',
  'langsmith',
  'openai-agents',
  'otlp',
  'phoenix',
]
  .flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, fixtures))
      .filter((file) => /\.jsonl$|\.(?:trace|tree|spans)\.json$/.test(file))
      .map((file) => `${folder}/${file}`),
  )
  .map((name) => ({ name, documents: documentsOf(readFileSync(new URL(name, fixtures), 'utf8')).flatMap(takenApart) }));

function documentsOf(text: string): readonly object[] {
  try {
    return [JSON.parse(text) as object];
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as object);
  }
}

function takenApart(document: object): readonly object[] {
  const fields = document as Fields;
  const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);
  if (Array.isArray(document)) return list(document).map((entry) => [entry]);
  if (fields['resourceSpans'])
    return list(fields['resourceSpans']).flatMap((resource) =>
      list(resource['scopeSpans']).flatMap((scope) =>
        list(scope['spans']).map((span) => ({
          resourceSpans: [{ ...resource, scopeSpans: [{ ...scope, spans: [span] }] }],
        })),
      ),
    );
  if (Array.isArray(fields['batch'])) return list(fields['batch']).map((event) => ({ ...fields, batch: [event] }));
  if (Array.isArray(fields['post']) || Array.isArray(fields['patch']))
    return ['post', 'patch'].flatMap((field) => list(fields[field]).map((run) => ({ [field]: [run] })));
  return [document];
}
