/**
 * A list without its holes, which are no entries; itself where it has none. A list of a host may say that it is two
 * thousand million long and hold three entries, and may have fields beside them: what it takes to read it follows its
 * entries. Each is looked at when it is asked for.
 */
export function withoutHoles<Entry>(list: readonly Entry[]): readonly Entry[] {
  try {
    for (let at = 0; at < list.length; at += 1) if (!(at in list)) return entriesFrom(list, at);
  } catch {
    // A proxy that does not say what it holds is asked for all of it.
  }
  return list;
}

/** `hole` is the first. */
function entriesFrom<Entry>(list: readonly Entry[], hole: number): readonly Entry[] {
  const entries: Entry[] = [];
  const { length } = list;
  const put = (place: string | number): void => {
    Object.defineProperty(entries, entries.length, {
      get: () => list[place as number],
      enumerable: true,
      configurable: true,
    });
  };
  for (let at = 0; at < hole; at += 1) put(at);
  for (const key of Object.keys(list)) if (isPlace(key, length) && Number(key) > hole) put(key);
  return entries;
}

const isPlace = (key: string, length: number): boolean => /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < length;
