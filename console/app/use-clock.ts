import { useEffect, useMemo, useState } from "preact/hooks";
import { parseDuration } from "../grafana/duration.ts";
import {
  defaultTimeRange,
  type RawTimeRange,
  resolveTimeRange,
  type TimeRange,
} from "../grafana/time-range.ts";
import type { Navigation } from "../route/use-route.ts";

export interface Clock {
  readonly rawRange: RawTimeRange;
  readonly range: TimeRange;
  /** Counts the refreshes. */
  readonly version: number;
  readonly refresh: () => void;
}

const leastRefreshMs = 1000;

/** The chosen time as milliseconds: read anew at each refresh, by hand or as often as the address says. */
export function useClock({ parameters }: Navigation): Clock {
  const [version, setVersion] = useState(0);
  const from = parameters.get("from") ?? defaultTimeRange.from;
  const to = parameters.get("to") ?? defaultTimeRange.to;
  const everyMs = parseDuration(parameters.get("refresh") ?? "");
  useEffect(() => {
    if (everyMs === undefined) return;
    // Out of sight nobody looks, and the server may rest.
    const timer = setInterval(
      () => document.hidden || setVersion((last) => last + 1),
      Math.max(leastRefreshMs, everyMs),
    );
    return () => clearInterval(timer);
  }, [everyMs]);
  return useMemo(() => {
    const now = Date.now();
    const chosen = resolveTimeRange({ from, to }, now);
    const rawRange = chosen ? { from, to } : defaultTimeRange;
    const range = chosen ?? { from: now - 3_600_000, to: now };
    return { rawRange, range, version, refresh: () => setVersion((last) => last + 1) };
  }, [from, to, version]);
}
