import type { Registry } from "prom-client";
import type { ExposedFamily } from "./exposition-format.ts";
import { type RegisteredMetric, registeredMetrics, registeredName } from "./registry.ts";

export interface CollectorOptions {
  readonly registry: Registry;
  /**
   * How long one metric's `collect` may take, in milliseconds; it is then left out of that scrape.
   * @default 5000
   */
  readonly collectTimeoutMs?: number;
  readonly onFailure: (metricName: string, error: unknown) => void;
}

/** Reads every metric of a registry, whoever wrote it; one that fails is left out. */
export class Collector {
  readonly #options: CollectorOptions;
  /** Metrics whose last collect has not ended: calling it again would only pile up more. */
  readonly #hanging = new Set<RegisteredMetric>();

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  async collect(): Promise<ExposedFamily[]> {
    const { registry, collectTimeoutMs = 5_000 } = this.#options;
    const deadline = new Deadline(collectTimeoutMs);
    const collected = registeredMetrics(registry).map((metric) => this.#collectOne(metric, deadline));
    const families = await Promise.all(collected);
    deadline.clear();
    return families.filter((family) => family !== undefined).sort(targetInfoFirst);
  }

  async #collectOne(metric: RegisteredMetric, deadline: Deadline): Promise<ExposedFamily | undefined> {
    const name = registeredName(this.#options.registry, metric);
    try {
      if (this.#hanging.has(metric)) throw new Error("an earlier collect has still not ended");
      const family = await deadline.race(read(metric), () => this.#setHanging(metric));
      return { ...family, name, unit: metric.unit };
    } catch (error) {
      this.#options.onFailure(name, error);
      return undefined;
    }
  }

  #setHanging(metric: RegisteredMetric): () => void {
    this.#hanging.add(metric);
    return () => this.#hanging.delete(metric);
  }
}

/** One timer for all metrics of a scrape. */
class Deadline {
  readonly #timeoutMs: number;
  readonly #expired: Promise<"expired">;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#expired = new Promise((resolve) => {
      this.#timer = setTimeout(() => resolve("expired"), timeoutMs);
    });
  }

  /** Answers the work's result; when it is late, throws, and calls `onLate` and, at the work's end, what that returned. */
  async race<T extends object>(work: Promise<T>, onLate: () => () => void): Promise<T> {
    const result = await Promise.race([work, this.#expired]);
    if (result !== "expired") return result;
    const onEnd = onLate();
    work.then(onEnd, onEnd);
    throw new Error(`not collected within ${this.#timeoutMs} ms`);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

/** Async, so that a get() that throws rejects like any other. */
async function read(metric: RegisteredMetric): Promise<ExposedFamily> {
  return typeof metric.getForPromString === "function" ? metric.getForPromString() : metric.get();
}

/** OpenMetrics wants the target's own description before everything else. */
function targetInfoFirst(a: ExposedFamily, b: ExposedFamily): number {
  return Number(b.name === "target_info") - Number(a.name === "target_info");
}
