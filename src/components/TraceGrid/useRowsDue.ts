'use client';
import { startTransition, useEffect, useState } from 'react';
import { useInPage } from '../parts/useInPage.ts';

/**
 * Whether rows are to be drawn. A page gets what stands around them first, and the rows right behind it, in tasks of
 * their own: together they would keep it from its reader for too long. HTML from a server has them, and so has the
 * picture that takes it over.
 */
export function useRowsDue(): boolean {
  const inPage = useInPage();
  const [due, setDue] = useState(!inPage);
  useEffect(() => startTransition(() => setDue(true)), []);
  return due;
}
