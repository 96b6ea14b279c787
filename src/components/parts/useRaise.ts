'use client';
import { useCallback, useState } from 'react';

/**
 * Hands an error to the boundary around a component: what goes wrong in a frame or an observer would otherwise be
 * thrown into the page.
 */
export function useRaise(): (error: unknown) => void {
  const [, setState] = useState(null);
  return useCallback(
    (error) =>
      setState(() => {
        throw error;
      }),
    [],
  );
}
