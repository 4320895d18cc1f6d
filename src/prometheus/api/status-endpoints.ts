import { rulesAnswer, timeText } from "../../rules/index.ts";
import type { TargetScraper } from "../scrape/target-scraper.ts";
import { ApiFailure } from "./api-failure.ts";
import type { ApiContext, Endpoint } from "./endpoint.ts";

/** /api/v1/targets */
export const targets: Endpoint = ({ parameters }, context) => {
  const state = parameters.text("state");
  const shows = state === "" || state === "any" || state === "active";
  return {
    activeTargets: shows ? context.scrapers().map((scraper) => targetAnswer(scraper, context)) : [],
    droppedTargets: [],
    droppedTargetCounts: {},
  };
};

/** /api/v1/rules */
export const rules: Endpoint = ({ parameters }, { ruler }) => {
  const type = parameters.text("type");
  if (type !== "" && type !== "alert" && type !== "record") {
    throw new ApiFailure("bad_data", `invalid parameter "type": not supported value ${JSON.stringify(type)}`);
  }
  const wanted = (name: string): readonly string[] => parameters.texts(name);
  const groups = rulesAnswer(ruler.groups, {
    kind: type === "" ? undefined : type,
    files: wanted("file"),
    groups: wanted("rule_group"),
    rules: wanted("rule_name"),
  });
  return { groups };
};

/** /api/v1/status/buildinfo */
export const buildInfo: Endpoint = (_, { version }) => ({
  version: "3.14.0",
  revision: `taffrail ${version}`,
  branch: "",
  buildUser: "",
  buildDate: "",
  goVersion: "",
});

/** /api/v1/status/tsdb, of which the counts alone are given. */
export const storeStatus: Endpoint = (_, { store }) => ({
  headStats: { numSeries: store.seriesCount, numSamples: store.sampleCount, bytes: store.bytes },
});

function targetAnswer(scraper: TargetScraper, context: ApiContext): object {
  const { target, labels, health } = scraper;
  return {
    discoveredLabels: { __address__: new URL(target.url).host, job: labels["job"] ?? "" },
    labels,
    scrapePool: labels["job"] ?? "",
    scrapeUrl: target.url,
    globalUrl: target.url,
    lastError: health.lastError,
    lastScrape: timeText(health.lastScrapeMs),
    lastScrapeDuration: health.lastScrapeSeconds,
    health: health.health,
    scrapeInterval: `${context.scrapeIntervalMs / 1000}s`,
    scrapeTimeout: `${context.scrapeTimeoutMs / 1000}s`,
  };
}
