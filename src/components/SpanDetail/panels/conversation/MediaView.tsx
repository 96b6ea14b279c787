'use client';
import { useMemo, useState } from 'react';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Part } from '../../../../model/types.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { Value } from '../../values/Value.tsx';

type Media = Extract<Part, { readonly type: 'image' | 'audio' | 'video' | 'file' }>;

/**
 * A picture, sound or file of a message, as a placeholder: nothing is ever fetched. A picture whose bytes are in the
 * input is shown when somebody asks for it.
 */
export function MediaView({ part }: { readonly part: Media }) {
  const { labels, format } = useTraceContext();
  const [isShown, setShown] = useState(false);
  const picture = useMemo(() => pictureIn(part), [part]);
  const bytes = sizeOf(part);
  return (
    <div className="tv-media">
      <p>
        <b>{labels.mediaType(part.type)}</b>
        {part.mimeType === undefined ? null : <bdi>{recordedText(part.mimeType.slice(0, 80))}</bdi>}
        {bytes === null ? null : <span>{labels.bytes(format.count(bytes))}</span>}
        {picture ? (
          <button type="button" className="tv-button tv-line" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {isShown ? labels.hideImage : labels.showImage}
          </button>
        ) : (
          <span className="tv-faint">{labels.notLoaded}</span>
        )}
      </p>
      {part.uri === undefined || part.uri.startsWith('data:') ? null : (
        <p className="tv-media-place">
          {hostOf(part.uri)} <bdi className="tv-faint">{recordedText(part.uri.slice(0, 300))}</bdi>
        </p>
      )}
      {isShown && picture ? <img src={picture} alt={labels.mediaType(part.type)} decoding="async" /> : null}
      {part.transcript === undefined ? null : <Value value={part.transcript} field="message" lines={6} />}
    </div>
  );
}

/** Larger pictures take a page's memory; they stay placeholders. */
const LARGEST = 8_000_000;
/** How base64 of PNG, JPEG, GIF and WebP begins: what a type says is not believed. */
const RASTER: readonly (readonly [start: RegExp, type: string])[] = [
  [/^iVBORw0KGgo/, 'image/png'],
  [/^\/9j\//, 'image/jpeg'],
  [/^R0lGOD/, 'image/gif'],
  [/^UklGR.{6}V0VCU/, 'image/webp'],
];

/** An address of the picture's own bytes; null where it has none, is too large, or is of no kind that is only dots. */
function pictureIn(part: Media): string | null {
  if (part.type !== 'image') return null;
  const data = part.data ?? (part.uri?.startsWith('data:') === true ? part.uri : undefined);
  if (data === undefined || data.length > LARGEST) return null;
  const body = data.startsWith('data:') ? data.slice(data.indexOf(',') + 1) : data;
  const type = RASTER.find(([start]) => start.test(body.slice(0, 32)))?.[1];
  return type !== undefined && /^[A-Za-z0-9+/]+={0,2}$/.test(body) ? `data:${type};base64,${body}` : null;
}

function sizeOf({ data, uri }: Media): number | null {
  const text = data ?? (uri?.startsWith('data:') === true ? uri : undefined);
  if (text === undefined) return null;
  const from = text.startsWith('data:') ? text.indexOf(',') + 1 : 0;
  return Math.floor(((text.length - from) * 3) / 4);
}

function hostOf(uri: string): string {
  try {
    return new URL(uri).host;
  } catch {
    return '';
  }
}
