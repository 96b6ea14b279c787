'use client';
import { useEffect, useLayoutEffect } from 'react';

/** `useLayoutEffect` in a page; on a server, where React 18 warns about it, an effect that never runs. */
export const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;
