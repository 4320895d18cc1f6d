import type { Logger as PinoLogger } from "pino";
import type { ContractFields } from "../contract/line.ts";
import type { Level } from "./levels.ts";
import { PreparedLine } from "./pino-root.ts";
import { addUserFields, type LogRecord } from "./record.ts";
import type { Redaction } from "./redaction.ts";
import { Shaper } from "./shaper.ts";

/** Writes the kit's own events. */
export interface EventLog {
  /** Tell whether an event of this level would be written. */
  isEnabled(level: Level): boolean;
  /** Write an event: contract fields as they are, the user's fields beneath them. */
  write(level: Level, msg: string, fields: ContractFields, userFields?: object): void;
}

/** Create the writer of the kit's own events over a pino logger, whose level they obey. */
export function createEventLog(logger: PinoLogger, redaction: Redaction): EventLog {
  return {
    isEnabled: (level) => logger.isLevelEnabled(level),
    write(level, msg, fields, userFields) {
      if (!logger.isLevelEnabled(level)) return;
      const record: LogRecord = {};
      if (userFields) addUserFields(record, userFields, { shaper: new Shaper(redaction), isEvent: true });
      Object.assign(record, fields);
      if (fields.exception_type !== undefined) maskException(record, fields, redaction);
      logger[level](new PreparedLine(record, msg));
    },
  };
}

/** What an error says was written by anybody: it is looked through as a user's field is. */
function maskException(record: LogRecord, fields: ContractFields, redaction: Redaction): void {
  const { exception_message, exception_stacktrace, exception_causes } = fields;
  const limits = { budget: 40_000, maxTextLength: 8_192 };
  const masked = new Shaper(redaction, limits).value({
    exception_message,
    exception_stacktrace,
    exception_causes,
  });
  Object.assign(record, masked);
}
