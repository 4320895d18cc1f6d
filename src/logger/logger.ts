import type { Bindings, Logger as PinoLogger } from "pino";
import { createTimestamp } from "./clock.ts";
import { createEventLog, type EventLog } from "./event-log.ts";
import type { Threshold } from "./levels.ts";
import type { LineStats } from "./line-stats.ts";
import type { Patience } from "./output/destination.ts";
import { createPinoRoot, type LoggerOptions } from "./pino-root.ts";

export type { EventLog } from "./event-log.ts";

/** The kit's side of the logger; the application sees the pino logger in `log`. */
export interface Logger {
  readonly log: PinoLogger;
  /** A logger of the given name: `scope_name` on its lines, its own level where one was set for the name. */
  named(name: string): PinoLogger;
  /** The kit's own events; those of a name obey the level set for that name. */
  events(name?: string): EventLog;
  /** The thresholds in force: the root's, and those of names that have their own. */
  readLevels(): { readonly level: string; readonly modules: Readonly<Record<string, string>> };
  /** Set the threshold of one name, or of the root and all names that have none of their own. */
  setLevel(threshold: Threshold, name?: string): void;
  /** What the guard had to do to lines. */
  readonly stats: Readonly<LineStats>;
  /** Write out what waits, as the process may end; a reader that doesn't read is waited for no longer than patience lasts. */
  flushSync(patience?: Patience): void;
}

/** Create the logger whose every line meets the log contract. */
export function createLogger(options: LoggerOptions): Logger {
  const { destination, levels } = options;
  const stats: LineStats = { truncatedLines: 0, degradedLines: 0 };
  const timestamp = createTimestamp();
  const root = createPinoRoot(options, stats, timestamp);
  const children: { readonly name: string; readonly logger: PinoLogger }[] = [];
  const thresholds = new Map(Object.entries(levels.named));

  function derive(name: string, bindings: Bindings): PinoLogger {
    const logger = root.child(bindings);
    logger.level = thresholds.get(name) ?? root.level;
    children.push({ name, logger });
    return logger;
  }

  const named = memoize<string, PinoLogger>((name) => derive(name, { scope_name: name }));
  return {
    log: root,
    named,
    events: memoize<string | undefined, EventLog>((name) =>
      createEventLog(name === undefined ? root : derive(name, {}), options, timestamp),
    ),
    readLevels: () => ({ level: root.level, modules: Object.fromEntries(thresholds) }),
    setLevel(threshold, name) {
      if (name === undefined) root.level = threshold;
      else thresholds.set(name, threshold);
      for (const child of children) child.logger.level = thresholds.get(child.name) ?? root.level;
    },
    stats,
    flushSync: (patience) => destination.flushSync(patience),
  };
}

function memoize<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
