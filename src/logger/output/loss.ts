import type { EventLog } from "../event-log.ts";
import type { OutputName } from "./output.ts";

/** Lines that were lost, told once writing works again. */
export interface Loss {
  readonly output: OutputName;
  readonly lines: number;
  /** The error that kept them from being written: `EAGAIN` where the reader didn't read. */
  readonly code: string;
  readonly sinceMs: number;
}

/** Adds up what is lost between two reports. */
export class LossCount {
  readonly #output: OutputName;
  #lines = 0;
  #code = "";
  #sinceMs = 0;

  constructor(output: OutputName) {
    this.#output = output;
  }

  add(code: string): void {
    if (this.#lines === 0) this.#sinceMs = Date.now();
    this.#lines++;
    this.#code = code;
  }

  /** Milliseconds since the first line of the loss; 0 where there is none. */
  get ageMs(): number {
    return this.#lines === 0 ? 0 : Date.now() - this.#sinceMs;
  }

  /** Take the loss off the count; undefined where there was none. */
  take(): Loss | undefined {
    if (this.#lines === 0) return undefined;
    const loss: Loss = { output: this.#output, lines: this.#lines, code: this.#code, sinceMs: this.#sinceMs };
    this.#lines = 0;
    return loss;
  }
}

/** Write the event that says how much of the log is missing, and where. */
export function reportLoss(events: EventLog, loss: Loss): void {
  events.write(
    "error",
    `${loss.lines} log lines were lost: ${loss.output} did not take them (${loss.code})`,
    {
      event_name: "log.dropped",
      error_type: loss.code,
      log_output: loss.output,
      log_dropped_lines: loss.lines,
      log_dropped_since: new Date(loss.sinceMs).toISOString(),
    },
  );
}
