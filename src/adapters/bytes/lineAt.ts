const LINE_FEED = 0x0a;

/** Tells the line of a place, from 1, for places that rise. All bytes are looked through once, however many ask. */
export function createLineAt(bytes: Uint8Array): (place: number) => number {
  let line = 1;
  let feed: number | undefined;
  return (place) => {
    feed ??= bytes.indexOf(LINE_FEED);
    while (feed !== -1 && feed < place) {
      line += 1;
      feed = bytes.indexOf(LINE_FEED, feed + 1);
    }
    return line;
  };
}
