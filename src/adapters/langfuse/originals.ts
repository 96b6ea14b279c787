import { isObject, jsonObject, toJson, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';

/** What Langfuse kept of an OpenTelemetry span in the metadata of an observation. */
export interface Originals {
  readonly attributes: readonly (readonly [key: string, value: unknown])[];
  readonly resource: object | undefined;
  readonly scope: Fields | undefined;
  /** Metadata that somebody recorded as such. */
  readonly rest: readonly (readonly [key: string, value: unknown])[];
}

/** Reads metadata, which may be JSON text; observations that came from one place get one resource. */
export function createOriginalsReader(): (metadata: Fields) => Originals {
  const resources = new Map<string, object>();
  const shared = (attributes: Fields): object => {
    const text = toJson(attributes);
    let resource = resources.get(text);
    if (!resource) resources.set(text, (resource = { attributes: new Map(Object.entries(attributes)) }));
    return resource;
  };
  return (metadata) => {
    const resource = jsonObject(metadata['resourceAttributes']);
    const scope = scopeOf(jsonObject(metadata['scope']));
    const inner = jsonObject(metadata['attributes']);
    // Anybody may call a key of their metadata `attributes`: it is OpenTelemetry's beside its other words, or by its
    // dotted names.
    const attributes =
      inner && (resource || scope || Object.keys(inner).some((key) => /^[\w-]+\.[\w.-]+$/.test(key))) ? inner : null;
    const used: Fields = {
      ...(resource ? { resourceAttributes: true } : {}),
      ...(scope ? { scope: true } : {}),
      ...(attributes ? { attributes: true } : {}),
    };
    return {
      attributes: attributes ? Object.entries(attributes) : [],
      resource: resource ? shared(resource) : undefined,
      scope: scope ?? undefined,
      rest: Object.entries(metadata).filter(([key]) => !Object.hasOwn(used, key)),
    };
  };
}

const scopeOf = (scope: Fields | null): Fields | null =>
  scope &&
  textOf(scope['name']) !== null &&
  (scope['attributes'] === undefined || scope['attributes'] === null || isObject(scope['attributes']))
    ? scope
    : null;
