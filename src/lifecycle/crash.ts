import { exceptionFields, exceptionType } from "../logger/guard/exception.ts";
import type { Logger } from "../logger/logger.ts";
import type { Patience } from "../logger/output/destination.ts";
import { processFields } from "./process-fields.ts";

/**
 * Log what nothing caught, as `process.crash`, and write it out at once. It only watches: Node still
 * prints the error and ends the process with the exit code it would have had.
 *
 * @returns a function that stops watching
 * @see https://nodejs.org/api/process.html#event-uncaughtexceptionmonitor
 */
export function watchCrashes(logger: Logger, patience: Patience): () => void {
  const onCrash = (error: unknown, origin: string): void => {
    // An application that handles such errors itself may go on: no crash, and not for us to call one.
    const isHandled =
      process.listenerCount("uncaughtException") > 0 || process.hasUncaughtExceptionCaptureCallback();
    const msg = isHandled ? `left to the application: ${origin}` : `process crashed: ${origin}`;
    logger.events().write(isHandled ? "error" : "fatal", msg, {
      event_name: isHandled ? "process.uncaught_exception" : "process.crash",
      ...processFields(),
      error_type: exceptionType(error),
      ...exceptionFields(error),
    });
    if (isHandled) return;
    logger.flushSync(patience);
    // Node is about to print the error. Asked for, its stream makes stderr non-blocking: a reader that stalls can't hold it up.
    void process.stderr;
  };
  process.on("uncaughtExceptionMonitor", onCrash);
  return () => void process.off("uncaughtExceptionMonitor", onCrash);
}
