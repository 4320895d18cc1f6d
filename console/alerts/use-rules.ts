import { useEffect, useRef, useState } from "preact/hooks";
import type { ConsoleConfig } from "../api/console-files.ts";
import { fetchRules } from "../api/rules.ts";
import { type Loadable, useAsync } from "../ui/use-async.ts";
import { noteResolved, type SeenRule } from "./rule-status.ts";

const everyMs = 3000;

/** The alert rules, asked for again every few seconds. */
export function useRules({ lokiUrl, prometheusUrl }: ConsoleConfig): Loadable<readonly SeenRule[]> {
  const [turn, setTurn] = useState(0);
  const last = useRef<readonly SeenRule[]>([]);
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setTurn((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, []);
  return useAsync(String(turn), async (signal) => {
    const metrics = prometheusUrl === null ? [] : fetchRules(prometheusUrl, "Prometheus", signal);
    const rules = (await Promise.all([fetchRules(lokiUrl, "Loki", signal), metrics])).flat();
    last.current = noteResolved(rules, last.current, Date.now());
    return last.current;
  });
}
