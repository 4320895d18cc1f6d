import type { Alert } from "../rules/index.ts";
import type { ScrapeTarget } from "./scrape/target.ts";

export interface PrometheusOptions {
  /** What is scraped. @default [] */
  readonly targets?: readonly ScrapeTarget[];
  /** Rule files by path; those of LogQL are left out. @default [] */
  readonly rules?: readonly { readonly path: string; readonly text: string }[];
  /**
   * Milliseconds between two scrapes of a target.
   * @default 5000
   */
  readonly scrapeIntervalMs?: number;
  /**
   * Milliseconds a scrape may take.
   * @default 4000, or the interval where that is shorter
   */
  readonly scrapeTimeoutMs?: number;
  /**
   * Milliseconds between two evaluations of a group of rules that does not say, and between the steps of a subquery that
   * does not say.
   * @default 15000
   */
  readonly evaluationIntervalMs?: number;
  /**
   * Bytes that samples and labels may take.
   * @default 67108864
   */
  readonly maxBytes?: number;
  /**
   * Milliseconds that samples are kept.
   * @default 172800000, two days
   */
  readonly maxAgeMs?: number;
  /**
   * Bytes of one exposition.
   * @default 16777216
   */
  readonly maxScrapeBytes?: number;
  /** @default 10000 */
  readonly maxExemplars?: number;
  /**
   * Labels of a target's `target_info` that all its series get.
   * @default ["service_name", "deployment_environment_name"]
   */
  readonly promotedLabels?: readonly string[];
  /** An Alertmanager to tell of alerts. */
  readonly alertmanagerUrl?: string;
  /** Where links in alerts lead. @default "" */
  readonly externalUrl?: string;
  /** The version of this package. @default "" */
  readonly version?: string;
  /** Hears of every alert that began to wait, fires, or is over. */
  readonly onAlert?: (alert: Alert) => void;
  /** Something that the user should know of. */
  readonly onProblem?: (message: string) => void;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

export type ResolvedPrometheusOptions = Required<Omit<PrometheusOptions, "alertmanagerUrl">> &
  Pick<PrometheusOptions, "alertmanagerUrl">;

/** Fill in the defaults. */
export function resolveOptions(options: PrometheusOptions): ResolvedPrometheusOptions {
  const { scrapeIntervalMs = 5000 } = options;
  return Object.freeze({
    targets: [],
    rules: [],
    scrapeIntervalMs,
    scrapeTimeoutMs: Math.min(4000, scrapeIntervalMs),
    evaluationIntervalMs: 15_000,
    maxBytes: 64 * 1024 * 1024,
    maxAgeMs: 2 * 86_400_000,
    maxScrapeBytes: 16 * 1024 * 1024,
    maxExemplars: 10_000,
    promotedLabels: ["service_name", "deployment_environment_name"],
    externalUrl: "",
    version: "",
    onAlert: () => {},
    onProblem: () => {},
    now: Date.now,
    ...options,
  });
}
