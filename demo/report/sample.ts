import type { LogLine } from "taffrail";

const windowMs = 1_000;
const maxLinesAWindow = 5;

/**
 * Chooses which lines a person gets to see: of each kind one a second, of all kinds a few, and every
 * line about the process itself.
 */
export class LineSample {
  readonly #now: () => number;
  readonly #shown = new Set<string>();
  #windowEnds = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  accepts(line: LogLine): boolean {
    if (isRare(line)) return true;
    if (this.#now() >= this.#windowEnds) {
      this.#windowEnds = this.#now() + windowMs;
      this.#shown.clear();
    }
    const kind = kindOf(line);
    if (this.#shown.has(kind) || this.#shown.size >= maxLinesAWindow) return false;
    this.#shown.add(kind);
    return true;
  }
}

function isRare({ event_name }: LogLine): boolean {
  return event_name !== undefined && !event_name.startsWith("http.");
}

function kindOf({ service_name, event_name, outcome, msg }: LogLine): string {
  // What an application says itself is a kind by its text.
  return event_name === undefined ? `${service_name} ${msg}` : `${service_name} ${event_name} ${outcome}`;
}
