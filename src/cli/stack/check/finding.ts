/** What one look at a running stack gave. */
export interface Finding {
  readonly part: string;
  readonly what: string;
  readonly state: "ok" | "failed" | "skipped";
  /** What was seen; for a failure, what to do about it. */
  readonly detail: string;
}

/** What is looked at, and how. */
export interface Look {
  readonly part: string;
  readonly what: string;
  readonly run: () => Promise<Seen>;
}

/** What was seen: `problems` empty is well. */
export interface Seen {
  readonly detail: string;
  readonly problems?: readonly string[];
  readonly skipped?: boolean;
}
