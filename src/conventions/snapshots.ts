import { amount, attributeMap, textOf } from '../model/attributes.ts';

/** By the scope of a tracer that sends a span again and again while it goes on: the attribute that counts the times. */
const COUNTED_BY: ReadonlyMap<string, string> = new Map([['judgeval', 'judgment.update_id']]);

/** The attribute by which states of one span are told apart; undefined where each record is a span. */
export const snapshotKey = (scope: object | undefined): string | undefined =>
  scope && COUNTED_BY.get(textOf((scope as { readonly name?: unknown }).name) ?? '');

/** Which of the states of a span it is, from 0. */
export const snapshotNumber = (attributes: unknown, counted: string): number =>
  amount(attributeMap(attributes).get(counted)) ?? 0;
