/** The last of times that are known. */
export const latest = <Time extends number | string>(times: readonly (Time | null)[]): Time | null =>
  times.reduce<Time | null>((last, time) => (last === null || (time !== null && time > last) ? time : last), null);

/** ISO text of so many milliseconds before a time; null where that is none. */
export function timeBefore(time: string | null, milliseconds: number | null): string | null {
  const at = Date.parse(time ?? '') - (milliseconds ?? Number.NaN);
  return milliseconds !== null && milliseconds >= 0 && at > 0 ? new Date(at).toISOString() : null;
}
