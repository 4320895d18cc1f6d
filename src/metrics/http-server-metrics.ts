/** What is known of one HTTP exchange when it ends. */
export interface HttpServerSample {
  readonly method: string;
  readonly scheme: string;
  /** The route's template; undefined when no route matched: all such requests share one series a method and status. */
  readonly route: string | undefined;
  /** Undefined when no status was sent. */
  readonly status: number | undefined;
  /** On failure only: the exception's class, or the status as text. A 4xx is no failure of the server. */
  readonly errorType: string | undefined;
  readonly durationSeconds: number;
  /** False for event streams and the like: they are counted, but their length is no latency. */
  readonly recordDuration: boolean;
  readonly requestBodyBytes: number | undefined;
  readonly responseBodyBytes: number | undefined;
  /** Kept as an exemplar with the duration. */
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
}

/** Counts HTTP exchanges; none of its functions throws or does more than a few map look-ups. */
export interface HttpServerMetrics {
  begin(method: string, scheme: string): void;
  end(method: string, scheme: string): void;
  observe(sample: HttpServerSample): void;
  clientError(errorType: string): void;
  /** Sets where the age in seconds of the oldest request under way is read, at each scrape. */
  setOldestActiveAge(read: () => number): void;
}
