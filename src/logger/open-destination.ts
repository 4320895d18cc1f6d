import type { ResolvedTaffrailOptions } from "../config/options.ts";
import { TaffrailError } from "../errors.ts";
import { createDestination, type Destination } from "./destination.ts";
import { prettyDestination } from "./pretty.ts";

/** Open where the lines go: the user's stream, else standard output, there as text for people where that is asked for. */
export function openDestination(log: ResolvedTaffrailOptions["log"]): Destination {
  const destination = log.destination ? userDestination(log.destination) : createDestination(1);
  if (log.format === "json") return destination;
  try {
    return prettyDestination(destination, log.destination === undefined && process.stdout.isTTY === true);
  } catch (error) {
    // Asked for, it must be there; as a mere default of the preset, JSON does as well.
    if (log.formatChosen || !(error instanceof TaffrailError)) throw error;
    return destination;
  }
}

type UserStream = NonNullable<ResolvedTaffrailOptions["log"]["destination"]>;

function userDestination(stream: UserStream): Destination {
  const { flushSync } = stream as { flushSync?: unknown };
  return {
    write: (line) => stream.write(line),
    flushSync: () => {
      if (typeof flushSync === "function") flushSync.call(stream);
    },
  };
}
