import type { LogLine } from "taffrail";

/** What a service wrote. */
export interface ServiceLines {
  total: number;
  completions: number;
  readonly outcomes: Map<string, number>;
  /** Completion lines by the User-Agent of who asked: a person may have asked too. */
  readonly callers: Map<string, number>;
  readonly events: Map<string, number>;
}

/** The two completion lines of one request that passed both services. */
export interface Journey {
  readonly shop: string;
  readonly payments: string;
}

/** Keeps count of every line of every service. */
export class Ledger {
  /** Completion lines that were the second of the same request in the same service. */
  duplicates = 0;
  /** Lines that are no JSON. */
  unreadable = 0;
  journey: Journey | undefined;
  readonly #services = new Map<string, ServiceLines>();
  readonly #seen = new Set<string>();
  readonly #payments = new Map<string, string>();

  /** Count a line as it was written; answers it parsed. */
  add(text: string): LogLine | undefined {
    const line = parse(text);
    if (line === undefined) {
      this.unreadable += 1;
      return undefined;
    }
    const lines = this.service(line.service_name);
    lines.total += 1;
    if (line.event_name !== undefined) count(lines.events, line.event_name);
    if (line.event_name === "http.server.request") this.#addCompletion(line, lines, text);
    return line;
  }

  service(name: string): ServiceLines {
    const lines = this.#services.get(name) ?? noLines();
    this.#services.set(name, lines);
    return lines;
  }

  #addCompletion(line: LogLine, lines: ServiceLines, text: string): void {
    lines.completions += 1;
    count(lines.outcomes, line.outcome ?? "none");
    count(lines.callers, line.user_agent_original ?? "none");
    const key = `${line.service_name} ${line.request_id}`;
    if (this.#seen.has(key)) this.duplicates += 1;
    this.#seen.add(key);
    this.#findJourney(line, text);
  }

  /** Payments ends first, since the shop waits for it. */
  #findJourney(line: LogLine, text: string): void {
    if (this.journey || line.outcome !== "ok") return;
    const key = `${line.request_id} ${line.trace_id}`;
    const payments = this.#payments.get(key);
    if (line.service_name === "payments") this.#payments.set(key, text);
    else if (payments !== undefined) this.journey = { shop: text, payments };
  }
}

function noLines(): ServiceLines {
  return { total: 0, completions: 0, outcomes: new Map(), callers: new Map(), events: new Map() };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function parse(text: string): LogLine | undefined {
  try {
    // What a line holds is what the contract promises.
    return JSON.parse(text) as LogLine;
  } catch {
    return undefined;
  }
}
