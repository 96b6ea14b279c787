/**
 * An agent that was sent off may have been so by one that was sent off too: who sent the first of them, in whose trace all
 * stand. `own` sent off `agent` itself; `agentOf` tells in which agent a sender stands, `above` who sent that one off. Null
 * where they go round in a circle.
 */
export function outermostSender<Agent, Sender>(
  agent: Agent,
  own: Sender,
  agentOf: (sender: Sender) => Agent,
  above: (sender: Sender) => Sender | undefined,
): Sender | null {
  const seen = new Set([agent]);
  let outermost = own;
  for (let next: Sender | undefined = own; next; next = above(next)) {
    if (seen.has(agentOf(next))) return null;
    seen.add(agentOf(next));
    outermost = next;
  }
  return outermost;
}
