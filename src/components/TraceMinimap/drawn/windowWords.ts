import type { Format } from '../../../format.ts';
import type { Labels } from '../../../labels.ts';
import { stepsWithin } from '../../../layout/time/stepPlaces.ts';
import type { TimeWindow } from '../../../layout/time/timeScale.ts';
import type { Nanos } from '../../../model/types.ts';

/** A shown window in words, for the eye and for the ear. */
interface WindowWords {
  caption(window: TimeWindow): string;
  start(window: TimeWindow): string;
  end(window: TimeWindow): string;
  whole(window: TimeWindow): string;
}

const MINUTE = 60e9;

/** `steps` = how many there are, where the source has no clock. */
export function createWindowWords(format: Format, labels: Labels, steps: number | null): WindowWords {
  if (steps !== null) return stepWindowWords(format, labels, steps);
  /** As durations are written, and, where start and end would be the same so, as finely as tells them apart. */
  const time = (at: Nanos, [from, to]: TimeWindow): string => {
    const distinct =
      format.duration(Math.max(0, from + (to - from) / 10)) !== format.duration(Math.max(0, from)) || from === 0;
    if (distinct) return format.duration(Math.max(0, Math.round(at)));
    const finest = 10 ** Math.max(0, Math.floor(Math.log10((to - from) / 10)));
    return format.tick(Math.round(at / finest) * finest, Math.min(to, MINUTE - 1));
  };
  const start = (window: TimeWindow): string => time(window[0], window);
  const end = (window: TimeWindow): string => time(window[1], window);
  return {
    start,
    end,
    caption: (window) => labels.inView(start(window), end(window)),
    whole: (window) => labels.fromTo(start(window), end(window)),
  };
}

function stepWindowWords({ count }: Format, labels: Labels, steps: number): WindowWords {
  const words = ([first, last]: readonly [number, number]): string =>
    labels.step(count(Math.min(first, steps)), count(Math.min(last, steps)));
  const whole = (window: TimeWindow): string => words(stepsWithin(...window));
  return {
    start: ([from]) => words(stepsWithin(from, from)),
    end: ([, to]) => words([stepsWithin(0, to)[1], stepsWithin(0, to)[1]]),
    caption: (window) => labels.stepsInView(whole(window)),
    whole,
  };
}
