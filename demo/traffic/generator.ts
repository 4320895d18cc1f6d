import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "../random.ts";
import { type Incident, incidents, type Phase, phaseLengthsMs, phases } from "../scenarios.ts";
import { Client } from "./client.ts";
import { Tally } from "./tally.ts";
import { nextVisit } from "./visits.ts";

export interface GeneratorOptions {
  readonly shopUrl: string;
  readonly random: Random;
  /** Requests a second in a steady phase. */
  readonly rate: number;
  /** The length of one round of all phases. */
  readonly roundMs: number;
  /** How often it goes round. */
  readonly rounds: number;
  /** Told before a phase begins, and at the end with no incidents. */
  readonly switchIncidents: (names: Phase["incidents"]) => Promise<void>;
  /** Stops the traffic. */
  readonly signal: AbortSignal;
}

const maxWaitForAnswersMs = 5_000;

/**
 * Makes visits as real clients do: independently of each other, and whether or not the service keeps
 * up, so that what a slow service does to its queue can be seen.
 */
export class Generator {
  readonly tally: Tally = new Tally();
  readonly #options: GeneratorOptions;
  readonly #client: Client;
  readonly #underWay = new Set<Promise<void>>();
  #phase = "starting";

  constructor(options: GeneratorOptions) {
    this.#options = options;
    this.#client = new Client(options.shopUrl);
  }

  /** The phase's name, with its incidents. */
  get phase(): string {
    return this.#phase;
  }

  /** Run the phases, then wait for the answers that are still to come. */
  async run(): Promise<void> {
    const { rounds, roundMs, signal, switchIncidents } = this.#options;
    const lengthsMs = phaseLengthsMs(roundMs);
    for (let round = 0; round < rounds && !signal.aborted; round++) {
      for (const [index, phase] of phases.entries()) await this.#runPhase(phase, lengthsMs[index] ?? 0);
    }
    this.#phase = "ending";
    await switchIncidents([]);
    this.#client.hurry();
    await Promise.race([Promise.all(this.#underWay), pause(maxWaitForAnswersMs, undefined, { ref: false })]);
    this.#client.close();
  }

  async #runPhase(phase: Phase, lengthMs: number): Promise<void> {
    const { rate, random, signal, switchIncidents } = this.#options;
    if (signal.aborted) return;
    await switchIncidents(phase.incidents);
    this.#phase = [phase.name, ...phase.incidents].join(" ");
    const factors = trafficOf(phase);
    const end = performance.now() + lengthMs;
    let nextMs = performance.now();
    while (!signal.aborted) {
      nextMs += random.exponential(1_000 / (rate * phase.rate));
      if (nextMs >= end) break;
      await this.#waitUntil(nextMs);
      if (!signal.aborted) this.#visit(factors);
    }
    await this.#waitUntil(end);
  }

  /** Visits that are late, since timers are no finer than a millisecond, are made at once. */
  async #waitUntil(ms: number): Promise<void> {
    const restMs = ms - performance.now();
    if (restMs <= 0) return;
    // Rejects when the traffic is stopped, which the caller sees by the signal.
    await pause(restMs, undefined, { signal: this.#options.signal }).catch(() => undefined);
  }

  #visit(factors: Readonly<Record<string, number>>): void {
    const { random } = this.#options;
    const headers: Record<string, string> = { traceparent: `00-${random.hex(32)}-${random.hex(16)}-01` };
    // Most clients send no request id of their own.
    if (random.chance(0.2)) headers["x-request-id"] = `web-${random.hex(12)}`;
    const visit = this.#client
      .visit(nextVisit(random, factors), headers)
      .then((seen) => this.tally.add(seen))
      .finally(() => this.#underWay.delete(visit));
    this.#underWay.add(visit);
  }
}

function trafficOf(phase: Phase): Readonly<Record<string, number>> {
  const active: Incident[] = phase.incidents.map((name) => incidents[name]);
  return Object.assign({}, ...active.map((incident) => incident.traffic));
}
