import type { PromqlEngine, SeriesStore } from "../../promql/index.ts";
import type { Ruler } from "../../rules/index.ts";
import type { ExemplarStore } from "../scrape/exemplar-store.ts";
import type { MetadataStore } from "../scrape/metadata-store.ts";
import type { TargetScraper } from "../scrape/target-scraper.ts";
import type { Parameters } from "./parameters.ts";

/** What an endpoint may use. */
export interface ApiContext {
  readonly store: SeriesStore;
  readonly engine: PromqlEngine;
  readonly exemplars: ExemplarStore;
  readonly metadata: MetadataStore;
  readonly ruler: Ruler;
  readonly scrapers: () => readonly TargetScraper[];
  readonly scrapeIntervalMs: number;
  readonly scrapeTimeoutMs: number;
  readonly version: string;
}

export interface ApiCall {
  readonly parameters: Parameters;
  /** The part of the path that the endpoint leaves open. */
  readonly name: string;
}

/** Gives the `data` of an answer, or throws. */
export type Endpoint = (call: ApiCall, context: ApiContext) => unknown;
