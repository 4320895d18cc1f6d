import { LabelSet } from "../../logql/parts.ts";
import type { SeriesStore } from "../../promql/index.ts";
import type { ExemplarStore } from "./exemplar-store.ts";
import type { ExposedSample, Exposition } from "./exposition.ts";
import { failureText, fetchExposition } from "./fetch-exposition.ts";
import type { MetadataStore } from "./metadata-store.ts";
import { seriesLabels } from "./series-labels.ts";
import { labelsOfTarget, type ScrapeTarget, type TargetHealth } from "./target.ts";

export interface ScraperOptions {
  readonly store: SeriesStore;
  readonly exemplars: ExemplarStore;
  readonly metadata: MetadataStore;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Labels of `target_info` that every series of the target gets, so that dashboards can tell services apart. */
  readonly promotedLabels: readonly string[];
  /** When the target became known. */
  readonly nowMs: number;
}

/** Scrapes one target and stores what it shows. */
export class TargetScraper {
  readonly target: ScrapeTarget;
  readonly #options: ScraperOptions;
  #labels: Record<string, string>;
  #cache: Map<string, LabelSet> = new Map();
  /** The series of the last scrape whose times are ours: they get a stale marker when they are gone. */
  #live: Map<string, LabelSet> = new Map();
  #answeredMs: number;
  #hasAnswered = false;
  #health: TargetHealth = { health: "unknown", lastError: "", lastScrapeMs: undefined, lastScrapeSeconds: 0 };

  constructor(target: ScrapeTarget, options: ScraperOptions) {
    this.target = target;
    this.#options = options;
    this.#labels = labelsOfTarget(target);
    this.#answeredMs = options.nowMs;
  }

  get labels(): Readonly<Record<string, string>> {
    return this.#labels;
  }

  /** Whether the target was a guess, and has not answered for so long that it is given up. */
  isGone(nowMs: number): boolean {
    return this.target.optional === true && nowMs - this.#answeredMs > givenUpAfterMs;
  }

  get health(): TargetHealth {
    return this.#health;
  }

  /** Scrape once; a failure is stored as `up 0`, never thrown. */
  async scrape(nowMs: number): Promise<void> {
    const { target } = this;
    const { timeoutMs, maxBytes } = this.#options;
    const began = performance.now();
    let lastError = "";
    let count = 0;
    let added = 0;
    try {
      const exposition = await fetchExposition(target.url, {
        headers: target.headers ?? {},
        timeoutMs,
        maxBytes,
      });
      const known = this.#live;
      this.#store(exposition, nowMs);
      count = exposition.samples.length;
      added = [...this.#live.keys()].filter((key) => !known.has(key)).length;
    } catch (error) {
      lastError = failureText(error);
      this.#end([...this.#live.values()], nowMs);
      this.#live = new Map();
    }
    const seconds = (performance.now() - began) / 1000;
    const up = lastError === "";
    if (up) this.#answeredMs = nowMs;
    this.#hasAnswered ||= up;
    this.#health = { health: up ? "up" : "down", lastError, lastScrapeMs: nowMs, lastScrapeSeconds: seconds };
    if (this.#hasAnswered || !this.target.optional)
      this.#report({ up: Number(up), seconds, count, added }, nowMs);
  }

  /** Mark every series of the target as ended. */
  stop(nowMs: number): void {
    this.#end([...this.#live.values()], nowMs);
    this.#end(
      reportNames.map((name) => this.#reportLabels(name)),
      nowMs,
    );
    this.#live = new Map();
  }

  #store(exposition: Exposition, nowMs: number): void {
    const { store, exemplars, metadata } = this.#options;
    this.#promote(exposition);
    // Labels are parsed before anything is stored: a scrape is taken whole or not at all.
    const labelled = exposition.samples.map((sample) => ({
      sample,
      labels: this.#labelsOf(sample, exposition),
    }));
    const live = new Map<string, LabelSet>();
    for (const { sample, labels } of labelled) {
      if (!store.append(labels, sample.timeMs ?? nowMs, sample.value)) continue;
      if (sample.timeMs === undefined) live.set(labels.key, labels);
      if (sample.exemplar) exemplars.add(labels, sample.exemplar, nowMs);
    }
    this.#end(
      [...this.#live].filter(([key]) => !live.has(key)).map(([, labels]) => labels),
      nowMs,
    );
    this.#live = live;
    this.#cache = new Map(labelled.map(({ sample, labels }) => [sample.series, labels]));
    metadata.take(exposition.families);
  }

  #labelsOf({ series }: ExposedSample, { families }: Exposition): LabelSet {
    return this.#cache.get(series) ?? seriesLabels(series, { families, targetLabels: this.#labels });
  }

  #promote({ samples, families }: Exposition): void {
    const info = samples.find(({ series }) => /^target_info\s*\{/.test(series));
    const own = info && seriesLabels(info.series, { families, targetLabels: {} });
    const base = labelsOfTarget(this.target);
    const found = this.#options.promotedLabels.flatMap((name) => {
      const value = own?.get(name);
      return value === undefined || name in base ? [] : [[name, value] as const];
    });
    const labels = { ...Object.fromEntries(found), ...base };
    if (JSON.stringify(labels) !== JSON.stringify(this.#labels)) this.#cache = new Map();
    this.#labels = labels;
  }

  #report(values: { up: number; seconds: number; count: number; added: number }, nowMs: number): void {
    const { store } = this.#options;
    const { up, seconds, count, added } = values;
    [up, seconds, count, count, added].forEach((value, i) => {
      store.append(this.#reportLabels(reportNames[i] ?? ""), nowMs, value);
    });
  }

  #reportLabels(name: string): LabelSet {
    return LabelSet.from(Object.entries({ ...this.#labels, __name__: name }));
  }

  #end(series: readonly LabelSet[], nowMs: number): void {
    for (const labels of series) this.#options.store.appendStale(labels, nowMs);
  }
}

const givenUpAfterMs = 5 * 60_000;

const reportNames = [
  "up",
  "scrape_duration_seconds",
  "scrape_samples_scraped",
  "scrape_samples_post_metric_relabeling",
  "scrape_series_added",
];
