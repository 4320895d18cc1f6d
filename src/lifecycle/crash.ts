import type { Patience } from "../logger/destination.ts";
import { exceptionFields, exceptionType } from "../logger/exception.ts";
import type { Logger } from "../logger/logger.ts";
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
    logger.events().write("fatal", `process crashed: ${origin}`, {
      event_name: "process.crash",
      ...processFields(),
      error_type: exceptionType(error),
      ...exceptionFields(error),
    });
    logger.flushSync(patience);
    // Node is about to print the error. Asked for, its stream makes stderr non-blocking: a reader that stalls can't hold it up.
    void process.stderr;
  };
  process.on("uncaughtExceptionMonitor", onCrash);
  return () => void process.off("uncaughtExceptionMonitor", onCrash);
}
