import type { Logger } from "../logger/logger.ts";
import { processFields } from "./process-fields.ts";

/** Say every so many milliseconds that the process runs; 0 is never. It does not keep the process running. @returns its end */
export function startHeartbeat(logger: Logger, everyMs: number): () => void {
  if (everyMs === 0) return () => undefined;
  const events = logger.events();
  const timer = setInterval(() => {
    events.write("info", "service runs", { event_name: "process.alive", ...processFields() });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
