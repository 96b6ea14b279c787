'use client';
import { useSyncExternalStore } from 'react';

const never = (): (() => void) => () => {};

/**
 * False on a server and while its HTML is taken over, true afterwards and wherever there is no server. What only the
 * reader's page can know waits for it: the time zone, and styles of single elements, which a strict
 * `Content-Security-Policy` takes out of HTML for good, but lets a script set.
 */
export const useInPage = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
