import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "../../demo/random.ts";
import { type Incident, type IncidentName, incidents } from "../../demo/scenarios.ts";
import { Client } from "../../demo/traffic/client.ts";
import { nextVisit } from "../../demo/traffic/visits.ts";

/** The demo's visits at a steady rate, whether or not the service keeps up. */
export class Traffic {
  readonly #client: Client;
  readonly #factors: Readonly<Record<string, number>>;
  readonly #rate: number;
  readonly #random = createRandom(11);
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(url: string, rate: number, names: readonly IncidentName[]) {
    this.#client = new Client(url);
    this.#rate = rate;
    const active: Incident[] = names.map((name) => incidents[name]);
    this.#factors = Object.assign({}, ...active.map(({ traffic }) => traffic));
  }

  /** Make visits for so long, then let those end that are under way: clients who would stay leave. */
  async run(ms: number): Promise<void> {
    const end = performance.now() + ms;
    for (let next = performance.now(); next < end; next += this.#random.exponential(1_000 / this.#rate)) {
      await pause(Math.max(0, next - performance.now()));
      this.#visit();
    }
    await pause(Math.max(0, end - performance.now()));
    this.#client.hurry();
    await Promise.race([Promise.all(this.#underWay), pause(2_000, undefined, { ref: false })]);
    this.#client.close();
  }

  #visit(): void {
    const random = this.#random;
    const headers = { traceparent: `00-${random.hex(32)}-${random.hex(16)}-01` };
    const visit = this.#client
      .visit(nextVisit(random, this.#factors), headers)
      .finally(() => this.#underWay.delete(visit));
    this.#underWay.add(visit);
  }
}
