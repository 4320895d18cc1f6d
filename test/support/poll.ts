import { setTimeout } from "node:timers/promises";

/** Ask again and again until a condition holds; rejects, saying what was last seen, when it never does. */
export async function until<T>(
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean,
  timeoutMs = 5_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > deadline)
      throw new Error(`never so within ${timeoutMs} ms; last seen: ${JSON.stringify(seen)}`);
    await setTimeout(5);
  }
}
