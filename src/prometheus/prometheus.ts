import { createPromqlEngine, type PromqlEngine, SeriesStore } from "../promql/index.ts";
import { type Alert, Notifier, parseRuleFile, problemText, type RuleFile, Ruler } from "../rules/index.ts";
import { createApi, type PrometheusApi } from "./api/api.ts";
import { createApiHandler, encoded, type PrometheusHandler } from "./api/api-handler.ts";
import type { PrometheusOptions, ResolvedPrometheusOptions } from "./options.ts";
import { resolveOptions } from "./options.ts";
import { promqlQuery } from "./rules/promql-query.ts";
import { RuleWriter } from "./rules/rule-writer.ts";
import { ExemplarStore } from "./scrape/exemplar-store.ts";
import { MetadataStore } from "./scrape/metadata-store.ts";
import type { ScrapeTarget } from "./scrape/target.ts";
import { TargetScraper } from "./scrape/target-scraper.ts";

/** Metrics on a laptop: targets are scraped into a store in memory, and asked for by Prometheus' HTTP API. */
export interface Prometheus {
  /** Answers what lies below /api/v1/; leaves the rest. */
  readonly handler: PrometheusHandler;
  /** The same for a call that came another way. */
  readonly api: PrometheusApi;
  readonly engine: PromqlEngine;
  readonly store: SeriesStore;
  /** Scrape every target once, and evaluate the rules that are due. */
  tick(): Promise<void>;
  /** Scrape one target more, unless it is known, or there are a hundred. */
  addTarget(target: ScrapeTarget): void;
  /** Scrape and evaluate on schedule, until it is closed. */
  start(): void;
  close(): void;
}

/** Create it; nothing is scraped before it is started. */
export function createPrometheus(options: PrometheusOptions): Prometheus {
  return new LocalPrometheus(resolveOptions(options));
}

class LocalPrometheus implements Prometheus {
  readonly handler: PrometheusHandler;
  readonly api: PrometheusApi;
  readonly engine: PromqlEngine;
  readonly store: SeriesStore;
  readonly #options: ResolvedPrometheusOptions;
  readonly #exemplars: ExemplarStore;
  readonly #metadata: MetadataStore = new MetadataStore();
  readonly #scrapers: TargetScraper[] = [];
  readonly #ruler: Ruler;
  readonly #notifier: Notifier | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isTicking = false;

  constructor(options: ResolvedPrometheusOptions) {
    this.#options = options;
    this.store = new SeriesStore({ maxBytes: options.maxBytes, maxAgeMs: options.maxAgeMs });
    this.engine = createPromqlEngine(this.store, { subqueryStepMs: options.evaluationIntervalMs });
    this.#exemplars = new ExemplarStore(options.maxExemplars);
    this.#notifier = notifierOf(options);
    this.#ruler = this.#createRuler();
    for (const target of options.targets) this.addTarget(target);
    this.api = createApi(
      {
        store: this.store,
        engine: this.engine,
        exemplars: this.#exemplars,
        metadata: this.#metadata,
        ruler: this.#ruler,
        scrapers: () => this.#scrapers,
        scrapeIntervalMs: options.scrapeIntervalMs,
        scrapeTimeoutMs: options.scrapeTimeoutMs,
        version: options.version,
      },
      options.now,
    );
    // The handler asks for paths of the API alone.
    this.handler = createApiHandler(async (request) =>
      encoded(this.api(request) ?? { status: 404, body: {} }),
    );
  }

  addTarget(target: ScrapeTarget): void {
    const { scrapeTimeoutMs: timeoutMs, maxScrapeBytes: maxBytes, promotedLabels } = this.#options;
    if (this.#scrapers.length >= maxTargets || this.#scrapers.some((each) => each.target.url === target.url))
      return;
    this.#scrapers.push(
      new TargetScraper(target, {
        store: this.store,
        exemplars: this.#exemplars,
        metadata: this.#metadata,
        timeoutMs,
        maxBytes,
        promotedLabels,
        nowMs: Math.round(this.#options.now()),
      }),
    );
  }

  start(): void {
    if (this.#timer) return;
    const tick = (): void => {
      // One that takes longer than the interval is not overtaken.
      if (this.#isTicking) return;
      this.#isTicking = true;
      this.tick()
        .catch((error: unknown) => this.#options.onProblem(`metrics: ${String(error)}`))
        .finally(() => {
          this.#isTicking = false;
        });
    };
    this.#timer = setInterval(tick, this.#options.scrapeIntervalMs);
    this.#timer.unref();
    tick();
  }

  async tick(): Promise<void> {
    const nowMs = Math.round(this.#options.now());
    this.#giveUp(nowMs);
    await Promise.all(this.#scrapers.map((scraper) => scraper.scrape(nowMs)));
    this.#ruler.advance(nowMs);
    this.store.enforceLimits();
    const firing = this.#ruler.active().filter(({ state }) => state === "firing");
    await this.#notifier?.send(firing, nowMs);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const scraper of this.#scrapers) scraper.stop(Math.round(this.#options.now()));
  }

  #giveUp(nowMs: number): void {
    for (const gone of this.#scrapers.filter((scraper) => scraper.isGone(nowMs))) {
      gone.stop(nowMs);
      this.#scrapers.splice(this.#scrapers.indexOf(gone), 1);
    }
  }

  #createRuler(): Ruler {
    const { externalUrl, evaluationIntervalMs, onAlert } = this.#options;
    const writer = new RuleWriter(this.store);
    return new Ruler({
      query: promqlQuery(this.engine),
      files: filesOf(this.#options),
      intervalMs: evaluationIntervalMs,
      externalUrl,
      onEvaluated: (state, nowMs) => writer.write(state, nowMs),
      onChange: (alert: Alert) => {
        if (alert.state === "resolved") this.#notifier?.resolve(alert);
        onAlert(alert);
      },
    });
  }
}

const maxTargets = 100;

function notifierOf({
  alertmanagerUrl,
  externalUrl,
  onProblem,
}: ResolvedPrometheusOptions): Notifier | undefined {
  return alertmanagerUrl === undefined
    ? undefined
    : new Notifier({ url: alertmanagerUrl, generatorUrl: externalUrl, onProblem });
}

function filesOf({ rules, onProblem }: ResolvedPrometheusOptions): RuleFile[] {
  return rules.flatMap(({ path, text }) => {
    const { file, problems } = parseRuleFile(text, path);
    if (file.language !== "promql") return [];
    for (const problem of problems) onProblem(problemText(problem));
    return [file];
  });
}
