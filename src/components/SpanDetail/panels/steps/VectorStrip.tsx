'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';

const SHOWN = 64;

/** Length of a vector, and its largest number without its sign; NaN and infinite ones are passed over. */
export function vectorFacts(vector: ArrayLike<number>): { readonly norm: number; readonly most: number } {
  let squares = 0;
  let most = 0;
  for (let at = 0; at < vector.length; at += 1) {
    const value = vector[at]!;
    if (!Number.isFinite(value)) continue;
    squares += value * value;
    most = Math.max(most, Math.abs(value));
  }
  return { norm: Math.sqrt(squares), most };
}

/** The first numbers of a vector as squares: the further from 0, the stronger; below 0 they are hollow. */
export function VectorStrip({ vector }: { readonly vector: ArrayLike<number> }) {
  const { labels, format } = useTraceContext();
  const { most } = vectorFacts(vector);
  const count = Math.min(SHOWN, vector.length);
  const first = Array.from({ length: count }, (_, at) => vector[at]!);
  return (
    <figure className="tv-strip">
      <div aria-hidden="true">
        {first.map((value, place) => (
          <i
            key={place}
            data-sign={value < 0 ? 'minus' : undefined}
            title={String(value)}
            style={{ opacity: most > 0 && Number.isFinite(value) ? 0.12 + 0.88 * (Math.abs(value) / most) : 0.12 }}
          />
        ))}
      </div>
      <figcaption>{labels.firstValues(format.count(count), format.count(vector.length))}</figcaption>
    </figure>
  );
}
