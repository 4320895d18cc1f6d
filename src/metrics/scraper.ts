import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { Collector, type CollectorOptions } from "./collector.ts";
import type { ExposedFamily, ExpositionFormat } from "./exposition-format.ts";
import { negotiateFormat } from "./negotiation.ts";
import type { Labels } from "./own-metric.ts";
import { defaultLabels } from "./registry.ts";

export interface Scrape {
  readonly contentType: string;
  readonly body: string;
}

export interface ScrapeResult {
  readonly durationSeconds: number;
  readonly sizeBytes: number;
}

export interface ScraperOptions extends CollectorOptions {
  readonly onScrape: (result: ScrapeResult) => void;
}

/** The longest the event loop is held while a scrape is written, roughly. */
const sliceMs = 5;
const samplesBetweenLooks = 256;

/** Writes a registry's metrics in the format a client asks for. */
export class Scraper {
  readonly #options: ScraperOptions;
  readonly #collector: Collector;
  readonly #underWay = new Map<ExpositionFormat, Promise<Scrape>>();

  constructor(options: ScraperOptions) {
    this.#options = options;
    this.#collector = new Collector(options);
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
    const started = performance.now();
    const families = await this.#collector.collect();
    const context = { format, defaults: defaultLabels(this.#options.registry), pace: new Pace() };
    let body = "";
    for (const family of families) body += await this.#writeFamily(family, context);
    body += format.end;
    this.#options.onScrape({
      durationSeconds: (performance.now() - started) / 1000,
      sizeBytes: Buffer.byteLength(body),
    });
    return { contentType: format.contentType, body };
  }

  /** A family is written whole or not at all: half of one would break the scrape. */
  async #writeFamily(family: ExposedFamily, { format, defaults, pace }: WriteContext): Promise<string> {
    try {
      const writer = format.writer(family, defaults);
      let text = writer.head;
      for (const [index, sample] of (family.values ?? []).entries()) {
        if (index % samplesBetweenLooks === 0) await pace.yieldIfDue();
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
