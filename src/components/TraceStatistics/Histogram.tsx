const HEIGHT = 16;
const STEP = 5;

interface HistogramProps {
  readonly bins: Uint32Array;
  /** What it says, for who does not see it. */
  readonly words: string;
}

/** How the durations of a row are spread: all rows share the axis, the highest bar of each is as high as the row. */
export function Histogram({ bins, words }: HistogramProps) {
  const most = bins.reduce((all, count) => Math.max(all, count), 0);
  if (most === 0) return null;
  const path = Array.from(bins, (count, at) => {
    if (count === 0) return '';
    const height = Math.max(1.5, (count / most) * HEIGHT);
    return `M${at * STEP + 0.5} ${HEIGHT}v${-height}h${STEP - 1}v${height}z`;
  }).join('');
  const width = bins.length * STEP;
  return (
    <>
      <svg className="tv-histogram" viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} aria-hidden="true">
        <title>{words}</title>
        <path className="tv-histogram-base" d={`M0 ${HEIGHT - 0.5}h${width}`} />
        <path d={path} />
      </svg>
      <span className="tv-visually-hidden">{words}</span>
    </>
  );
}
