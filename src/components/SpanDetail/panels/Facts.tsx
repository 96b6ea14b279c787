import { recordedText } from '../../text/recordedText.tsx';

/** Short facts in a row: name, value, name, value. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: string])[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="tv-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{recordedText(value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
