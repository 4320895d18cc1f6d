import { expect, it } from "vitest";
import { AlertReporter } from "../../../src/cli/dev/alert-reporter.ts";
import type { Alert } from "../../../src/rules/index.ts";

function alert(state: Alert["state"], labels: Record<string, string>): Alert {
  const times = { activeAtMs: 0, firedAtMs: 0, keptSinceMs: undefined };
  return { state, labels, annotations: { summary: "too many" }, value: 1, ...times };
}

it("alerts are said when they fire and when they are over, and counted; a watchdog is left out", () => {
  const said: string[] = [];
  const reporter = new AlertReporter((text) => void said.push(text));
  const errors = { alertname: "Errors", service_name: "shop" };
  for (const state of ["pending", "firing", "resolved", "pending", "firing"] as const)
    reporter.take(alert(state, errors));
  reporter.take(alert("firing", { alertname: "Watchdog", severity: "none" }));
  reporter.summarize();
  expect(said).toEqual([
    'alert fires: Errors {service_name="shop"} too many',
    'alert is over: Errors {service_name="shop"} too many',
    'alert fires: Errors {service_name="shop"} too many',
    "alerts that fired: Errors (2 times)",
  ]);
});
