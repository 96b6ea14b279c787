'use client';
import { createContext } from 'react';

/**
 * Says something to those who listen and, unless `quiet`, shows it for a moment. The returned function takes it back
 * where it is not said yet.
 */
export type Say = (text: string, quiet?: true) => () => void;

/**
 * How parts speak that stand inside a viewer, which has the one live region for all of them; null where there is none.
 */
export const StatusContext = createContext<Say | null>(null);
