import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import type { Registry } from "prom-client";
import type { ExposedFamily, ExpositionFormat } from "./exposition-format.ts";
import { negotiateFormat } from "./negotiation.ts";
import type { Labels } from "./own-metric.ts";
import { defaultLabels, type RegisteredMetric, registeredMetrics, registeredName } from "./registry.ts";

export interface Scrape {
  readonly contentType: string;
  readonly body: string;
}

export interface ScrapeResult {
  readonly durationSeconds: number;
  readonly sizeBytes: number;
}

export interface ScraperOptions {
  readonly registry: Registry;
  /**
   * How long one metric's `collect` may take, in milliseconds; it is then left out of that scrape.
   * @default 5000
   */
  readonly collectTimeoutMs?: number;
  onFailure(metricName: string, error: unknown): void;
  onScrape(result: ScrapeResult): void;
}

/** The longest the event loop is held while a scrape is written, roughly. */
const sliceMs = 5;
const samplesBetweenLooks = 256;

/** Reads every metric of a registry, whoever wrote it, and writes it in the format a client asks for. */
export class Scraper {
  readonly #options: ScraperOptions;
  readonly #underWay = new Map<ExpositionFormat, Promise<Scrape>>();

  constructor(options: ScraperOptions) {
    this.#options = options;
  }

  /** Answers a scrape; callers that come while one of the same format is under way share it. */
  render(accept: string | undefined): Promise<Scrape> {
    const format = negotiateFormat(accept);
    const underWay = this.#underWay.get(format);
    if (underWay !== undefined) return underWay;
    const scrape = this.#scrape(format).finally(() => this.#underWay.delete(format));
    this.#underWay.set(format, scrape);
    return scrape;
  }

  async #scrape(format: ExpositionFormat): Promise<Scrape> {
    const { registry } = this.#options;
    const started = performance.now();
    const families = await this.#collectAll();
    const defaults = defaultLabels(registry);
    const pace = new Pace();
    let body = "";
    for (const family of families) body += await this.#writeFamily(family, { format, defaults, pace });
    body += format.end;
    this.#options.onScrape({
      durationSeconds: (performance.now() - started) / 1000,
      sizeBytes: Buffer.byteLength(body),
    });
    return { contentType: format.contentType, body };
  }

  async #collectAll(): Promise<ExposedFamily[]> {
    const { registry, collectTimeoutMs = 5_000 } = this.#options;
    const deadline = new Deadline(collectTimeoutMs);
    const families = await Promise.all(
      registeredMetrics(registry).map(async (metric) => {
        const name = registeredName(registry, metric);
        try {
          const family = await deadline.race(collect(metric));
          return { ...family, name, unit: metric.unit };
        } catch (error) {
          this.#options.onFailure(name, error);
          return undefined;
        }
      }),
    );
    deadline.clear();
    return families.filter((family) => family !== undefined).sort(targetInfoFirst);
  }

  /** A family is written whole or not at all: half of one would break the scrape. */
  async #writeFamily(family: ExposedFamily, context: WriteContext): Promise<string> {
    try {
      const writer = context.format.writer(family, context.defaults);
      let text = writer.head;
      for (const [index, sample] of (family.values ?? []).entries()) {
        if (index % samplesBetweenLooks === 0) await context.pace.yieldIfDue();
        text += writer.line(sample);
      }
      return text;
    } catch (error) {
      this.#options.onFailure(family.name, error);
      return "";
    }
  }
}

interface WriteContext {
  readonly format: ExpositionFormat;
  readonly defaults: Labels;
  readonly pace: Pace;
}

/** Lets requests through between the slices of a long scrape. */
class Pace {
  #sliceStart = performance.now();

  async yieldIfDue(): Promise<void> {
    if (performance.now() - this.#sliceStart < sliceMs) return;
    await setImmediate();
    this.#sliceStart = performance.now();
  }
}

/** One timer for all metrics of a scrape. */
class Deadline {
  readonly #expired: Promise<never>;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutMs: number) {
    this.#expired = new Promise((_, reject) => {
      this.#timer = setTimeout(() => reject(new Error(`not collected within ${timeoutMs} ms`)), timeoutMs);
    });
    // With no metric left to wait for, nobody is told, and that is no unhandled rejection.
    this.#expired.catch(() => {});
  }

  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#expired]);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

async function collect(metric: RegisteredMetric): Promise<ExposedFamily> {
  return typeof metric.getForPromString === "function" ? metric.getForPromString() : metric.get();
}

/** OpenMetrics wants the target's own description before everything else. */
function targetInfoFirst(a: ExposedFamily, b: ExposedFamily): number {
  return Number(b.name === "target_info") - Number(a.name === "target_info");
}
