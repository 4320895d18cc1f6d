import type { LogLine } from "taffrail";

const maxLinesASecond = 5;
const infoEveryMs = 3_000;
const problemsEveryMs = 1_000;

/**
 * Chooses which lines a person gets to see: of each kind one now and then, problems more often than
 * successes, of all kinds a few a second, and every line about the process itself.
 */
export class LineSample {
  readonly #now: () => number;
  readonly #nextMs = new Map<string, number>();
  #second = { number: Number.NaN, lines: 0 };

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  accepts(line: LogLine): boolean {
    if (isRare(line)) return true;
    const now = this.#now();
    const kind = kindOf(line);
    if (now < (this.#nextMs.get(kind) ?? 0) || !this.#takeTurn(now)) return false;
    this.#nextMs.set(kind, now + (line.level === "info" ? infoEveryMs : problemsEveryMs));
    return true;
  }

  #takeTurn(now: number): boolean {
    const number = Math.floor(now / 1_000);
    if (number !== this.#second.number) this.#second = { number, lines: 0 };
    this.#second.lines += 1;
    return this.#second.lines <= maxLinesASecond;
  }
}

function isRare({ event_name }: LogLine): boolean {
  return event_name !== undefined && !event_name.startsWith("http.");
}

/** The message tells kinds apart, where it holds no path that a client chose. */
function kindOf({ service_name, event_name, outcome, http_route, msg }: LogLine): string {
  const isOpen = event_name !== undefined && http_route === undefined;
  return isOpen ? `${service_name} ${event_name} ${outcome}` : `${service_name} ${msg}`;
}
