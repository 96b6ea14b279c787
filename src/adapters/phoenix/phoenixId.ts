import { otelId, type OtelId } from '../otel/otelId.ts';

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/**
 * OpenTelemetry's ids; spans of the first versions have UUIDs, which are longer than a span id may be and stay as they
 * are.
 */
export const phoenixId = (value: unknown, digits: 16 | 32): OtelId =>
  digits === 16 && typeof value === 'string' && UUID.test(value)
    ? { id: value.toLowerCase(), bad: false }
    : otelId(value, digits);
