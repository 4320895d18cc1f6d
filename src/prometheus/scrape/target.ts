/** What is scraped. */
export interface ScrapeTarget {
  /** The whole address, such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  /** The label `job`. @default "services" */
  readonly job?: string;
  /** More labels for each of its series. */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Whether it counts only once it has answered; and no more when it has not for five minutes. For a target that is a
   * guess.
   * @default false
   */
  readonly optional?: boolean;
  /** Headers of the request, such as an authorization. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** How the last scrape of a target went. */
export interface TargetHealth {
  readonly health: "unknown" | "up" | "down";
  /** Why it failed; empty when it did not. */
  readonly lastError: string;
  readonly lastScrapeMs: number | undefined;
  readonly lastScrapeSeconds: number;
}

/** The labels a target gives to its series; `instance` is its host and port. */
export function labelsOfTarget({ url, job = "services", labels = {} }: ScrapeTarget): Record<string, string> {
  return { instance: new URL(url).host, job, ...labels };
}
