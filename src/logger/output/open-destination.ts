import type { ResolvedTaffrailOptions } from "../../config/options.ts";
import { TaffrailError } from "../../errors.ts";
import { escapeText } from "../guard/escape.ts";
import { createTee, type Destination } from "./destination.ts";
import { openFile } from "./file-output.ts";
import type { Loss } from "./loss.ts";
import { errorCode, type Output } from "./output.ts";
import type { OutputStats } from "./output-stats.ts";
import { loadPrettify, prettyDestination } from "./pretty.ts";
import { Sink } from "./sink.ts";
import { openStdout } from "./stdout-output.ts";

type LogConfig = ResolvedTaffrailOptions["log"];

/** Where the lines go, and what became of them there. */
export interface OpenedDestination {
  readonly destination: Destination;
  readonly outputs: readonly OutputStats[];
}

/**
 * Open where the lines go: the user's stream, or standard output and the log file as configured. Text for
 * people goes to standard output only: a file is for machines.
 *
 * @throws TaffrailError `ERR_TAFFRAIL_LOG_FILE`, `ERR_TAFFRAIL_PRETTY_MISSING`
 */
export function openDestination(log: LogConfig, onLoss: (loss: Loss) => void): OpenedDestination {
  if (log.destination) {
    return { destination: presenter(log, false)(userDestination(log.destination)), outputs: [] };
  }
  // Before standard output is looked at: Node 20's fstat of a pipe misleads the next require through a symbolic link.
  const present = presenter(log, process.stdout.isTTY === true);
  const sinks: Sink[] = [];
  const open = (output: Output): Sink => {
    const sink = new Sink({ output, onLoss });
    sinks.push(sink);
    return sink;
  };
  const destinations: Destination[] = [];
  if (log.stdout ?? log.file === undefined) {
    destinations.push(present(open(openStdout())));
  }
  if (log.file !== undefined) destinations.push(open(openLogFile(log.file, log)));
  return { destination: createTee(destinations), outputs: sinks.map((sink) => sink.stats) };
}

function openLogFile(path: string, log: LogConfig): Output {
  try {
    return openFile({ path, maxBytes: log.fileMaxBytes, keep: log.fileKeep });
  } catch (cause) {
    throw new TaffrailError(
      "ERR_TAFFRAIL_LOG_FILE",
      `The log file ${path} could not be opened: ${errorCode(cause)}`,
      { cause },
    );
  }
}

/** How lines are presented: as JSON, or for people where that is asked for and possible. */
function presenter(log: LogConfig, colorize: boolean): (destination: Destination) => Destination {
  const asJson = (destination: Destination): Destination => destination;
  if (log.format === "json") return asJson;
  try {
    const prettify = loadPrettify(colorize);
    return (destination) => prettyDestination(destination, prettify);
  } catch (error) {
    // Asked for, it must be there; as a mere default of the preset, JSON does as well.
    if (log.formatChosen || !(error instanceof TaffrailError)) throw error;
    return asJson;
  }
}

type UserStream = NonNullable<LogConfig["destination"]>;

/** A stream of the user's: what it does with a line is its affair, but its troubles are not the log call's. */
function userDestination(stream: UserStream): Destination {
  const { flushSync } = stream as { flushSync?: unknown };
  return {
    write: (line) => quietly(() => stream.write(escapeText(line))),
    flushSync: () => {
      if (typeof flushSync === "function") quietly(() => flushSync.call(stream));
    },
  };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // There is no log to say it in.
  }
}
