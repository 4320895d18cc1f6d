import { useEffect, useState } from "preact/hooks";
import type { ConsoleConfig } from "../api/console-files.ts";
import { type AlertRule, fetchRules } from "../api/rules.ts";
import { type Loadable, useAsync } from "../ui/use-async.ts";

const everyMs = 3000;

/** The alert rules, asked for again every few seconds. */
export function useRules({ lokiUrl, prometheusUrl }: ConsoleConfig): Loadable<readonly AlertRule[]> {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setTurn((last) => last + 1), everyMs);
    return () => clearInterval(timer);
  }, []);
  return useAsync(String(turn), async (signal) => {
    const metrics = prometheusUrl === null ? [] : fetchRules(prometheusUrl, "Prometheus", signal);
    return (await Promise.all([fetchRules(lokiUrl, "Loki", signal), metrics])).flat();
  });
}
