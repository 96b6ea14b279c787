/** A sum, and before it how many of the calls it covers where that is not all of them. */
export function Amount({
  covered,
  calls,
  words,
  children,
}: {
  readonly covered: number;
  readonly calls: number;
  readonly words: string;
  readonly children: string;
}) {
  return (
    <>
      {covered < calls ? (
        <span className="tv-list-gap" title={words}>
          <span aria-hidden="true">
            {covered}/{calls}
          </span>
          <span className="tv-visually-hidden">{words}</span>
        </span>
      ) : null}
      <span>{children}</span>
    </>
  );
}
