import type { AttributeValue } from '../../model/types.ts';
import { base64 } from '../native/nativeValue.ts';

type AnyValue = Record<string, unknown>;

/**
 * A value as OTLP's AnyValue (opentelemetry-proto common.proto, JSON mapping): int64 and what JSON cannot say as text.
 * Null is the empty AnyValue.
 */
export function anyValue(root: AttributeValue | undefined): AnyValue {
  let result: AnyValue = {};
  const open: { readonly from: AttributeValue | undefined; readonly put: (value: AnyValue) => void }[] = [
    {
      from: root,
      put: (value) => {
        result = value;
      },
    },
  ];
  for (let step = open.pop(); step; step = open.pop()) {
    const { from, put } = step;
    if (from === null || typeof from !== 'object' || from instanceof Uint8Array) {
      put(scalar(from));
    } else if (Array.isArray(from)) {
      const values: AnyValue[] = Array.from({ length: from.length }, () => ({}));
      put({ arrayValue: { values } });
      for (let at = from.length - 1; at >= 0; at -= 1)
        open.push({
          from: (from as readonly AttributeValue[])[at],
          put: (value) => {
            values[at] = value;
          },
        });
    } else {
      const values = Object.entries(from as Readonly<Record<string, AttributeValue>>).map(([key, held]) => ({
        held,
        entry: { key, value: {} as AnyValue },
      }));
      put({ kvlistValue: { values: values.map(({ entry }) => entry) } });
      for (const { held, entry } of values)
        open.push({
          from: held,
          put: (value) => {
            entry.value = value;
          },
        });
    }
  }
  return result;
}

/** A list of `{ key, value }`. */
export const keyValues = (
  attributes: Iterable<readonly [string, AttributeValue]>,
): readonly { readonly key: string; readonly value: AnyValue }[] =>
  Array.from(attributes, ([key, value]) => ({ key, value: anyValue(value) }));

function scalar(value: unknown): AnyValue {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'bigint':
      return { intValue: value.toString() };
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? { intValue: value }
        : { doubleValue: Number.isFinite(value) ? value : String(value) };
    default:
      return value instanceof Uint8Array ? { bytesValue: base64(value) } : {};
  }
}
