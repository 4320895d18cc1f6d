import type { Threshold } from "../logger/levels.ts";

/**
 * What the application itself decides of an exchange, where its set-up has a place to say so, as pino-http's options
 * have. Undefined leaves a thing to the kit. The functions are asked in the kit's care: one that throws costs nothing.
 */
export interface ExchangePreferences {
  /** The request id; taken over if it is well formed. */
  readonly requestId?: string | undefined;
  /** Logged at debug where it went well. */
  readonly isQuiet?: boolean;
  /** The completion line's level; `silent` for none. Asked when the exchange ends, with what was thrown. */
  level?(error: unknown): Threshold | undefined;
  /** Fields of the completion line. Asked when the exchange ends, with what was thrown. */
  fields?(error: unknown): Readonly<Record<string, unknown>> | undefined;
}
