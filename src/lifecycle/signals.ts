import { constants } from "node:os";

const signals = ["SIGTERM", "SIGINT"] as const;

export type StopSignal = (typeof signals)[number];

/** Stops one kit and answers the exit code it would end the process with. */
type Stop = (signal: StopSignal) => Promise<number>;

/** The code a stop that was asked for ends with: 0 when all came to its end, 1 when something had to be cut off. */
export function exitCode(isComplete: boolean): number {
  return isComplete ? 0 : 1;
}

// One for the process: the first kit that is done must not end it while another still drains.
const key = Symbol.for("taffrail.stops");
const shared = globalThis as { [key]?: Set<Stop> };

/**
 * Stop in good order when the process is asked to, and end it once every kit has stopped, with the highest of
 * their codes. A second signal means "now" and ends it with 128 and the signal's number.
 *
 * @returns a function that gives the signals back
 */
export function handleSignals(stop: Stop): () => void {
  shared[key] ??= new Set();
  const stops = shared[key];
  stops.add(stop);
  let stopping = false;
  const onSignal = (signal: StopSignal): void => {
    if (stopping) process.exit(128 + constants.signals[signal]);
    stopping = true;
    // Whoever was first in the set ends the process for all.
    if (stops.values().next().value === stop) void endTogether([...stops], signal);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    stops.delete(stop);
    for (const signal of signals) process.off(signal, onSignal);
  };
}

async function endTogether(stops: readonly Stop[], signal: StopSignal): Promise<void> {
  const codes = await Promise.all(stops.map((stop) => stop(signal)));
  process.exit(Math.max(...codes));
}
