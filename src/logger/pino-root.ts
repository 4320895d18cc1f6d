import pino, { type DestinationStream, type Logger as PinoLogger, symbols } from "pino";
import type { Resource } from "../config/options.ts";
import { keepBindings } from "./child-bindings.ts";
import { fits, shorten } from "./guard/line-cap.ts";
import type { LevelSpec } from "./levels.ts";
import type { LineStats } from "./line-stats.ts";
import type { Destination } from "./output/destination.ts";
import { asJson, formatLine, inside, type PinoInstance } from "./pino-instance.ts";
import { createPrepare, type PrepareOptions } from "./prepare.ts";
import { PreparedLine } from "./prepared-line.ts";
import type { Redaction } from "./redaction/redaction.ts";

/** What a logger is made of. */
export interface LoggerOptions {
  readonly resource: Resource;
  readonly levels: LevelSpec;
  readonly destination: Destination;
  readonly redaction: Redaction;
  /** Told of every line that is written. */
  readonly onLine: (level: string) => void;
  readonly activeSpan: PrepareOptions["activeSpan"];
}

/** Lines of this level and above are written at once. */
export const urgentLevel = 50;

/** Create the pino logger whose every call, whatever it is given, ends in one line that meets the log contract. */
export function createPinoRoot(
  options: LoggerOptions,
  stats: LineStats,
  timestamp: () => string,
): PinoLogger {
  const { resource, levels, destination, redaction, onLine } = options;
  const prepare = createPrepare({ ...options, stats });
  let isUrgent = false;
  const stream = {
    write: (line: string) => destination.write(line, isUrgent),
    // For pino's fatal(); the line itself is written already, and no reader is waited for.
    flushSync: () => destination.flushSync(),
  };
  const logger = pino(
    {
      level: levels.root,
      base: resource,
      timestamp,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method) {
          method.call(this, prepare(inside(this), args) as object);
        },
      },
    },
    // More than pino's type of a stream names, as its fatal() asks for it.
    stream as DestinationStream,
  );
  const root = inside(logger);
  root[formatLine] = cappedFormat(root[asJson], redaction, stats);
  root[asJson] = function (this: PinoInstance, content, _msg, level, time) {
    onLine(this.levels.labels[level] ?? "info");
    isUrgent = level >= urgentLevel;
    // The hook made it, unless somebody called past pino's methods.
    const { record, text } = PreparedLine.is(content) ? content : prepare(this, [content]);
    return this[formatLine](record, text, level, time);
  };
  // A prototype's names (`constructor`) would pass for serializers, and an `err` of the user's is text by now.
  root[symbols.serializersSym] = Object.create(null) as object;
  keepBindings(root, redaction);
  return logger;
}

/** pino's formatter, and shorter versions of what comes out too long. */
function cappedFormat(
  format: PinoInstance[typeof asJson],
  redaction: Redaction,
  stats: LineStats,
): PinoInstance[typeof formatLine] {
  return function (this: PinoInstance, record, text, level, time) {
    let line = format.call(this, record, text, level, time);
    if (fits(line)) return line;
    stats.truncatedLines++;
    for (const shorter of shorten({ record, text }, redaction)) {
      line = format.call(this, shorter.record, shorter.text, level, time);
      if (fits(line)) break;
    }
    return line;
  };
}
