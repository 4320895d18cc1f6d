import { useEffect, useMemo, useState } from "preact/hooks";
import { parseDuration } from "../grafana/duration.ts";
import {
  defaultTimeRange,
  type RawTimeRange,
  resolveTimeRange,
  type TimeRange,
} from "../grafana/time-range.ts";
import type { Navigation } from "../route/use-route.ts";
import { type OpeningTimes, refreshOf } from "./opening-times.ts";

export interface Clock {
  readonly rawRange: RawTimeRange;
  readonly range: TimeRange;
  /** Such as `30s`; empty where nothing refreshes. */
  readonly every: string;
  /** Counts the refreshes. */
  readonly version: number;
  readonly refresh: () => void;
}

const leastRefreshMs = 1000;

/** The chosen time as milliseconds: read anew at each refresh, by hand or as often as was chosen. */
export function useClock({ parameters }: Navigation, opening: OpeningTimes): Clock {
  const [version, setVersion] = useState(0);
  const isChosen = parameters.has("from") || parameters.has("to");
  const before = isChosen ? defaultTimeRange : opening.range;
  const from = parameters.get("from") ?? before.from;
  const to = parameters.get("to") ?? before.to;
  const every = refreshOf(parameters.get("refresh") ?? opening.refresh);
  const everyMs = parseDuration(every);
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
    const rawRange = chosen ? { from, to } : opening.range;
    const range = chosen ?? resolveTimeRange(opening.range, now) ?? { from: now - 3_600_000, to: now };
    return { rawRange, range, every, version, refresh: () => setVersion((last) => last + 1) };
  }, [from, to, opening.range.from, opening.range.to, every, version]);
}
