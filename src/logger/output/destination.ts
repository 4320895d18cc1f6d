/** Where lines go. Nothing here ever throws into the caller: a log call must not fail. */
export interface Destination {
  /** Hand a line over; an urgent one is written at once, the others with the rest of their turn of the event loop. */
  write(line: string, urgent: boolean): void;
  /**
   * Write what was handed over, before the process may be gone.
   *
   * @param patience how long a reader that doesn't read may be waited for; without it, not at all
   */
  flushSync(patience?: Patience): void;
}

/** Time that may be spent asleep, waiting for a reader. Shared by all who wait, so that the whole has one bound. */
export interface Patience {
  /** Sleep a moment; false where no time is left for that. */
  sleep(): boolean;
}

/** Send every line to several destinations; the trouble of one is none of the others'. */
export function createTee(destinations: readonly Destination[]): Destination {
  const [only] = destinations;
  if (only && destinations.length === 1) return only;
  return {
    write(line, urgent) {
      for (const destination of destinations) destination.write(line, urgent);
    },
    flushSync(patience) {
      // First what can be written without waiting, to all: a stalled one must not use up the time of the others.
      for (const destination of destinations) destination.flushSync();
      for (const destination of destinations) destination.flushSync(patience);
    },
  };
}
