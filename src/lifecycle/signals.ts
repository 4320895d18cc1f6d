import { constants } from "node:os";

const signals = ["SIGTERM", "SIGINT"] as const;

export type StopSignal = (typeof signals)[number];

/**
 * Stop the process in good order when it is asked to: exit code 0 when all came to its end, 1 when
 * something had to be cut off. A second signal means "now" and ends it with 128 and the signal's number.
 *
 * @returns a function that gives the signals back
 */
export function handleSignals(stop: (signal: StopSignal) => Promise<boolean>): () => void {
  let stopping = false;
  const onSignal = (signal: StopSignal): void => {
    if (stopping) process.exit(128 + constants.signals[signal]);
    stopping = true;
    void stop(signal).then((complete) => process.exit(complete ? 0 : 1));
  };
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}
