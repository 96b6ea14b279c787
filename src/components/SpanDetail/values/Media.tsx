'use client';
import { useMemo, useState } from 'react';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { Sign } from '../../parts/icons.tsx';
import { recordedText } from '../../text/recordedText.tsx';
import { Rendered } from './Rendered.tsx';
import { rasterData } from './rasterData.ts';
import { safeTarget } from './safeTarget.ts';

export interface MediaProps {
  readonly type: 'image' | 'audio' | 'video' | 'file';
  readonly mimeType?: string | undefined;
  readonly uri?: string | undefined;
  /** Bytes in base64. */
  readonly data?: string | undefined;
  /** What the record says it shows. */
  readonly alt?: string | undefined;
}

/**
 * A picture, a sound, a film or a file as a card: what it is, how large, and where it would come from. Nothing is ever
 * fetched. A picture whose bytes are in the record is shown when somebody asks for it.
 */
export function Media(props: MediaProps) {
  return (
    <Rendered name="image" value={props} about={props.uri ?? props.data}>
      <MediaCard {...props} />
    </Rendered>
  );
}

function MediaCard({ type, mimeType, uri, data, alt }: MediaProps) {
  const { labels, format } = useTraceContext();
  const [shown, setShown] = useState(false);
  const [failed, setFailed] = useState(false);
  const inline = data ?? (uri?.startsWith('data:') ? uri : undefined);
  const raster = useMemo(() => (type === 'image' && inline !== undefined ? rasterData(inline) : null), [type, inline]);
  const target = uri === undefined || uri === inline ? null : safeTarget(uri);
  const facts = [
    raster?.type ?? mimeType ?? labels.mediaType(type),
    raster ? labels.kilobytes(format.count(Math.ceil(raster.bytes / 1024))) : null,
    raster ? null : inline === undefined ? labels.notLoaded : labels.notShownHere,
  ].filter((fact) => fact !== null);
  return (
    <span className="tv-media-card" data-type={type}>
      <span className="tv-media-facts">
        <Sign name={type === 'image' ? 'image' : 'file'} size={14} />
        <span>{facts.join(' · ')}</span>
        {raster && !shown ? (
          <button type="button" className="tv-button tv-line tv-small" onClick={() => setShown(true)}>
            {labels.showImage}
          </button>
        ) : null}
      </span>
      {alt === undefined || alt === '' ? null : <bdi className="tv-media-alt">{recordedText(alt)}</bdi>}
      {uri === undefined || uri === inline ? null : (
        <bdi className="tv-media-uri" title={target?.href}>
          {recordedText(uri.slice(0, 500))}
        </bdi>
      )}
      {shown && raster ? (
        failed ? (
          <span className="tv-warn">{labels.imageFailed}</span>
        ) : (
          <img
            src={`data:${raster.type};base64,${raster.base64}`}
            alt={alt ?? ''}
            decoding="async"
            onError={() => setFailed(true)}
          />
        )
      ) : null}
    </span>
  );
}
