import { createInterface } from "node:readline";
import type { IncidentName } from "../../demo/scenarios.ts";
import { switchIncidents } from "../../demo/traffic/switch-incidents.ts";
import { Child } from "../support/child.ts";
import { until } from "../support/poll.ts";
import { Traffic } from "./traffic.ts";

/** A line as a service wrote it, and when it was read. */
export interface Written {
  readonly service: string;
  readonly text: string;
  readonly readMs: number;
}

/** What a part of a run left: every line, and when it began and ended. */
export interface Recording {
  readonly lines: readonly Written[];
  readonly startMs: number;
  readonly endMs: number;
}

/** A service that listens. */
export interface Service {
  readonly child: Child;
  readonly url: string;
}

/** The demo's services as real processes, under traffic, with every line that they write. */
export class Recorder {
  readonly shop: Service;
  readonly payments: Service;
  readonly #tape: Tape;

  private constructor(shop: Service, payments: Service, tape: Tape) {
    this.shop = shop;
    this.payments = payments;
    this.#tape = tape;
  }

  static async start(): Promise<Recorder> {
    const tape: Tape = { lines: [] };
    const payments = await startService("payments", tape);
    return new Recorder(await startService("shop", tape, payments), payments, tape);
  }

  /** Start another instance of the shop. */
  startShop(): Promise<Service> {
    return startService("shop", this.#tape, this.payments);
  }

  /** Record what is written while something goes on. */
  async record(goesOn: () => Promise<void>): Promise<Recording> {
    this.#tape.lines.length = 0;
    const startMs = Date.now();
    await goesOn();
    return { lines: this.#tape.lines.splice(0), startMs, endMs: Date.now() };
  }

  /** Put both services into these incidents while something goes on. */
  async during(names: readonly IncidentName[], goesOn: () => Promise<void>): Promise<void> {
    const urls = [this.shop.url, this.payments.url];
    await switchIncidents(urls, names);
    await goesOn();
    await switchIncidents(urls, []);
  }

  /** Visits as the demo's clients make them, for some time. */
  traffic(seconds: number, { rate = 60, incidents = [] }: TrafficOptions = {}): Promise<void> {
    return new Traffic(this.shop.url, rate, incidents).run(seconds * 1_000);
  }

  /** Charges, one after the other and past the shop, for some time. */
  async charges(seconds: number): Promise<void> {
    const end = performance.now() + seconds * 1_000;
    const body = JSON.stringify({ order_id: 1, cents: 100, card: "4242-1" });
    while (performance.now() < end) {
      await fetch(`${this.payments.url}/charges`, { method: "POST", body }).then((answer) => answer.text());
    }
  }

  /** A line that came another way. */
  add(service: string, text: string): void {
    this.#tape.lines.push({ service, text, readMs: Date.now() });
  }

  /** Wait for a line that holds a text. */
  async written(text: string): Promise<void> {
    await until(
      () => this.#tape.lines.some((line) => line.text.includes(text)),
      (isThere) => isThere,
      10_000,
    );
  }

  /** Stop both in good order, the shop first, since it calls payments. */
  async stop(): Promise<void> {
    for (const { child } of [this.shop, this.payments]) {
      child.kill("SIGTERM");
      await child.ended;
    }
  }

  kill(): void {
    for (const { child } of [this.shop, this.payments]) child.kill("SIGKILL");
  }
}

export interface TrafficOptions {
  /** Visits a second. */
  readonly rate?: number;
  /** What goes wrong among the clients. */
  readonly incidents?: readonly IncidentName[];
}

interface Tape {
  readonly lines: Written[];
}

async function startService(name: "shop" | "payments", tape: Tape, payments?: Service): Promise<Service> {
  const child = new Child(
    "main.js",
    {
      OTEL_SERVICE_NAME: name,
      OTEL_RESOURCE_ATTRIBUTES: "service.version=1.4.0,deployment.environment.name=demo",
      DEMO_SEED: "7",
      // A second is five minutes: test/incidents/collect.ts.
      TAFFRAIL_HEARTBEAT_MS: "1000",
      // Enough for none to wait: what waits is another incident.
      DEMO_POOL_SIZE: "256",
      ...(payments ? { PAYMENTS_URL: payments.url } : {}),
    },
    { folder: `build/demo/${name}` },
  );
  createInterface({ input: child.process.stdout }).on("line", (text) => {
    tape.lines.push({ service: name, text, readMs: Date.now() });
  });
  const url = String((await child.line(({ msg }) => msg === "listening"))["url"]);
  return { child, url };
}
