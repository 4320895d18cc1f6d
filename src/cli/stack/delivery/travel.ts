import { setTimeout as pause } from "node:timers/promises";

/** A station on the way of an alert. */
export interface Hop {
  readonly what: string;
  /** Look once: what is seen when the alert is here; undefined while it is not. */
  readonly look: () => Promise<string | undefined>;
  /** Where to look when it never comes. */
  readonly hint: string;
}

/** A hop, and whether the alert passed it. */
export interface Passed {
  readonly what: string;
  readonly state: "ok" | "failed" | "not reached";
  readonly detail: string;
  /** Milliseconds since the start; absent where it was not reached. */
  readonly afterMs?: number;
}

export interface TravelOptions {
  readonly timeoutMs: number;
  readonly onHop: (hop: Passed) => void;
}

const everyMs = 500;

/** Follow an alert from hop to hop, each as soon as it is seen there; past one where it never comes nothing is asked. */
export async function travel(
  hops: readonly Hop[],
  { timeoutMs, onHop }: TravelOptions,
): Promise<readonly Passed[]> {
  const startMs = performance.now();
  const passed: Passed[] = [];
  for (const hop of hops) {
    const isCut = passed.some(({ state }) => state === "failed");
    const here: Passed = isCut
      ? { what: hop.what, state: "not reached", detail: "" }
      : await wait(hop, startMs, startMs + timeoutMs);
    passed.push(here);
    onHop(here);
  }
  return passed;
}

async function wait(hop: Hop, startMs: number, deadlineMs: number): Promise<Passed> {
  let problem = "it did not come";
  for (;;) {
    const detail = await hop.look().catch((error: unknown) => {
      problem = error instanceof Error ? error.message : String(error);
      return undefined; // It may yet answer: a part that has just started does.
    });
    const afterMs = performance.now() - startMs;
    if (detail !== undefined) return { what: hop.what, state: "ok", detail, afterMs };
    if (performance.now() > deadlineMs) {
      return { what: hop.what, state: "failed", detail: `${problem}. ${hop.hint}`, afterMs };
    }
    await pause(everyMs);
  }
}
