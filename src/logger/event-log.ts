import type { Logger as PinoLogger } from "pino";
import type { ContractFields } from "../contract/line.ts";
import { EventFields } from "./event-fields.ts";
import { exceptionFields } from "./guard/exception.ts";
import { Shaper } from "./guard/shaper.ts";
import type { Level } from "./levels.ts";
import { formatLine, inside } from "./pino-instance.ts";
import { type LoggerOptions, urgentLevel } from "./pino-root.ts";
import { addUserFields, type LogRecord } from "./record.ts";
import type { Redaction } from "./redaction/redaction.ts";

/** Writes the kit's own events. */
export interface EventLog {
  /** Tell whether an event of this level would be written. */
  isEnabled(level: Level): boolean;
  /** Write an event: contract fields as they are, the user's fields beside them. */
  write(level: Level, msg: string, fields: ContractFields | EventFields, userFields?: object): void;
}

/**
 * Create the writer of the kit's own events over a pino logger, whose level they obey. They meet the
 * contract by construction, so they take the short way: pino's formatter and the destination, past
 * pino's argument handling and the shaping of users' fields.
 */
export function createEventLog(
  logger: PinoLogger,
  options: LoggerOptions,
  timestamp: () => string,
): EventLog {
  const { destination, redaction, onLine } = options;
  const instance = inside(logger);
  const { values } = logger.levels;
  return {
    isEnabled: (level) => logger.isLevelEnabled(level),
    write(level, msg, fields, userFields) {
      if (!logger.isLevelEnabled(level)) return;
      onLine(level);
      const value = values[level] ?? 0;
      const line =
        fields instanceof EventFields
          ? instance[formatLine](
              besideFields(fields, userFields, redaction),
              msg,
              value,
              timestamp() + fields.json,
            )
          : instance[formatLine](withUserFields(fields, userFields, redaction), msg, value, timestamp());
      destination.write(line, value >= urgentLevel);
    },
  };
}

const none: LogRecord = Object.freeze({});

/** What stands beside fields that are written down already. */
function besideFields(fields: EventFields, userFields: object | undefined, redaction: Redaction): LogRecord {
  if (userFields === undefined && fields.error === undefined) return none;
  const record: LogRecord = {};
  if (userFields) addUserFields(record, userFields, { shaper: new Shaper(redaction), isEvent: true });
  if (fields.error !== undefined) maskException(record, exceptionFields(fields.error), redaction);
  return record;
}

function withUserFields(
  fields: ContractFields,
  userFields: object | undefined,
  redaction: Redaction,
): LogRecord {
  if (userFields === undefined && fields.exception_type === undefined) return { ...fields };
  const record: LogRecord = {};
  if (userFields) addUserFields(record, userFields, { shaper: new Shaper(redaction), isEvent: true });
  Object.assign(record, fields);
  if (fields.exception_type !== undefined) maskException(record, fields, redaction);
  return record;
}

/** What an error says was written by anybody: it is looked through as a user's field is. */
function maskException(record: LogRecord, fields: ContractFields, redaction: Redaction): void {
  const { exception_type, exception_message, exception_stacktrace, exception_causes } = fields;
  const limits = { budget: 40_000, maxTextLength: 8_192 };
  const texts = { exception_type, exception_message, exception_stacktrace, exception_causes };
  Object.assign(record, new Shaper(redaction, limits).value(texts));
}
