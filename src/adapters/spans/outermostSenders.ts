/**
 * An agent that was sent off may have been so by one that was sent off too: tells of a sender who sent the first of them,
 * in whose trace all stand. `above` tells who sent off the agent in which a sender stands. Null where they go round in a
 * circle. Each way up is gone once: a chain of agents may be long.
 */
export function outermostSenders<Sender>(
  above: (sender: Sender) => Sender | undefined,
): (sender: Sender) => Sender | null {
  const known = new Map<Sender, Sender | null>();
  return (sender) => {
    const way: Sender[] = [];
    let next: Sender | undefined = sender;
    for (; next !== undefined && !known.has(next); next = above(next)) {
      way.push(next);
      // Whoever comes by here again has gone round.
      known.set(next, null);
    }
    const outermost = next === undefined ? way.at(-1)! : known.get(next)!;
    for (const each of way) known.set(each, outermost);
    return outermost;
  };
}
