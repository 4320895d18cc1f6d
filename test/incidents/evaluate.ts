import { readFileSync } from "node:fs";
import { createEngine, LogStore, type PushStream } from "../../src/logql/index.ts";
import { expandGlob, logqlQuery, parseRuleFile, type RuleFile } from "../../src/rules/index.ts";
import { RuleRun } from "../../src/rules/rule-run.ts";

export const ruleFiles: readonly RuleFile[] = expandGlob("dashboards/alerts/loki/*.yml").map(
  (path) => parseRuleFile(readFileSync(path, "utf8"), path).file,
);
export const alertNames: readonly string[] = ruleFiles
  .flatMap(({ groups }) => groups.flatMap(({ rules }) => rules))
  .filter(({ kind }) => kind === "alert")
  .map(({ name }) => name);

const minuteMs = 60_000;

/** Evaluate every rule each minute, as the ruler does: the names of the alerts that fired, in the order in which they did. */
export function firing(
  streams: readonly PushStream[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): string[] {
  const run = new RuleRun(ruleFiles, {
    evaluationIntervalMs: minuteMs,
    groupEvalOrder: [],
    startMs: fromMs,
    environment: { query: logqlQuery(createEngine(storeOf(streams))), externalLabels: {}, externalUrl: "" },
  });
  const fired = new Set<string>();
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += minuteMs) {
    run.advanceTo(nowMs);
    for (const name of alertNames) {
      if (run.alertsOf(name).some(({ alerts }) => alerts.some(({ state }) => state === "firing")))
        fired.add(name);
    }
  }
  const failed = run.failures();
  if (failed.length > 0) throw new Error(`${failed[0]?.rule.name}: ${failed[0]?.message}`);
  return [...fired];
}

export function storeOf(streams: readonly PushStream[]): LogStore {
  const store = new LogStore({ maxBytes: Number.MAX_SAFE_INTEGER });
  store.push(streams);
  return store;
}
