'use client';
import { createContext, useContext, type ReactNode } from 'react';

/** A recorded value that a host may draw. Masked as everywhere. */
export interface RenderedText {
  readonly text: string;
  /** The kind of field that it stands in: `message`, `arguments`, `result`, `attribute`, … */
  readonly field: string;
  readonly mimeType?: string | undefined;
}

export interface RenderedJson {
  /** A JSON text, or structure. */
  readonly value: unknown;
  readonly field: string;
  readonly mimeType?: string | undefined;
}

export interface RenderedMedia {
  readonly type: 'image' | 'audio' | 'video' | 'file';
  readonly mimeType?: string | undefined;
  /** As recorded: whether it may be fetched is for the host to say. */
  readonly uri?: string | undefined;
  /** Bytes in base64. */
  readonly data?: string | undefined;
  readonly alt?: string | undefined;
}

/**
 * How a host draws recorded values inside messages and everywhere else in the details, by the view that is chosen.
 * `undefined` leaves a value to spanwise. What throws is caught. Keep the object outside of your component.
 */
export interface Renderers {
  readonly text?: (value: RenderedText) => ReactNode;
  readonly markdown?: (value: RenderedText) => ReactNode;
  readonly json?: (value: RenderedJson) => ReactNode;
  readonly code?: (value: RenderedText) => ReactNode;
  /** Pictures, sounds, films and files. Without it nothing is ever fetched. */
  readonly image?: (value: RenderedMedia) => ReactNode;
}

const NONE: Renderers = {};

/** The renderers of the host of this provider. */
export const RenderersContext = createContext(NONE);

export const useRenderers = (): Renderers => useContext(RenderersContext);
