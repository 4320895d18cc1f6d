import type { LogRecord } from "./record.ts";

/** A line's content, ready to be formatted: what pino carries from the log call to the formatter. */
export class PreparedLine {
  // Asked for by this, which no trap of a user's proxy gets to see.
  // oxlint-disable-next-line no-unused-private-class-members -- it is asked for by `in`
  readonly #brand = true;
  // Names that pino has no ideas about: it takes an object with `method` and `headers` for a request.
  readonly record: LogRecord;
  readonly text: string;

  constructor(record: LogRecord, text: string) {
    this.record = record;
    this.text = text;
  }

  static is(value: unknown): value is PreparedLine {
    return typeof value === "object" && value !== null && #brand in value;
  }
}
