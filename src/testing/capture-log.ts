import { EventEmitter, on } from "node:events";
import type { LogLine } from "../contract/line.ts";

/** A destination that keeps what is written, for tests. */
export interface CapturedLog {
  /** Pass it as `log.destination`. */
  readonly destination: { write(line: string): void };
  /** Every line so far, parsed. */
  readonly lines: readonly LogLine[];
  /** Every line so far, as it was written. */
  readonly text: readonly string[];
  /**
   * Resolve with the first line, written already or yet to come, that a test accepts.
   *
   * @param timeoutMs milliseconds after which it rejects, naming the lines there were @default 5000
   */
  waitFor(accepts: (line: LogLine) => boolean, timeoutMs?: number): Promise<LogLine>;
  clear(): void;
}

/**
 * Capture log lines in a test of yours.
 *
 * @example
 * const log = captureLog();
 * const kit = createTaffrail({ preset: "test", log: { destination: log.destination } });
 * // … a request …
 * const line = await log.waitFor((line) => line.event_name === "http.server.request");
 * expect(line.outcome).toBe("ok");
 */
export function captureLog(): CapturedLog {
  const lines: LogLine[] = [];
  const text: string[] = [];
  const written = new EventEmitter().setMaxListeners(0);
  return {
    destination: {
      write(line) {
        text.push(line);
        // What the contract promises of each line is what the type says.
        lines.push(JSON.parse(line) as LogLine);
        written.emit("line");
      },
    },
    lines,
    text,
    async waitFor(accepts, timeoutMs = 5_000) {
      const early = lines.find(accepts);
      if (early) return early;
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        for await (const _ of on(written, "line", { signal })) {
          const found = lines.find(accepts);
          if (found) return found;
        }
      } catch (cause) {
        throw new Error(`no such line within ${timeoutMs} ms; there were:\n${text.join("")}`, { cause });
      }
      throw new Error("unreachable: the loop above ends only by return or throw");
    },
    clear() {
      lines.length = 0;
      text.length = 0;
    },
  };
}
