'use client';
import { useState } from 'react';

/**
 * The former value for as long as the new one is equal to it entry by entry: hosts write objects and lists in place,
 * new at each render.
 */
export function useStable<Value>(value: Value): Value {
  const [former, setFormer] = useState(value);
  if (equalEntries(former, value)) return former;
  setFormer(value);
  return value;
}

function equalEntries(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isPlain(a) || !isPlain(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}

/** Lists and literal objects; a Blob or a Response is only equal to itself. */
const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null &&
  typeof value === 'object' &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);
