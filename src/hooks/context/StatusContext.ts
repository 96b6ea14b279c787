'use client';
import { createContext } from 'react';

/**
 * Announces a text to screen readers and, unless `quiet`, shows it for a moment. The returned function takes it back
 * while it still waits.
 */
export type Announce = (text: string, quiet?: true) => () => void;

/**
 * How parts inside a viewer announce something, which has the one live region for all of them; null where there is
 * none.
 */
export const StatusContext = createContext<Announce | null>(null);
