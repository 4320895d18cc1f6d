/**
 * Every way Taffrail itself can fail, by code. docs/errors.md has a line for each;
 * a test holds the two together.
 */
export const errorCodes = {
  ERR_TAFFRAIL_CONFIG_INVALID: "An option or environment variable has a wrong value, or is not known.",
  ERR_TAFFRAIL_OPS_PORT_IN_USE: "The operations server's port is taken by another program.",
  ERR_TAFFRAIL_OPS_LISTEN: "The operations server could not listen.",
  ERR_TAFFRAIL_METRIC_CONFLICT: "The registry already holds a metric of this name with another shape.",
  ERR_TAFFRAIL_HEALTH_DUPLICATE: "A health check of this name exists already.",
  ERR_TAFFRAIL_LOG_FILE: "The log file could not be opened.",
  ERR_TAFFRAIL_PRETTY_MISSING: "LOG_FORMAT is pretty, but the package pino-pretty is not installed.",
  ERR_TAFFRAIL_CLI_USAGE: "The command line was called in a way it does not know.",
} as const;

export type TaffrailErrorCode = keyof typeof errorCodes;

/** The only error class that Taffrail throws: a code from {@link errorCodes}, and always the cause. */
export class TaffrailError extends Error {
  override readonly name = "TaffrailError";
  readonly code: TaffrailErrorCode;

  constructor(code: TaffrailErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
