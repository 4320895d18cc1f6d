import type { ServiceName } from "../scenarios.ts";
import { checks, type Run } from "./checks.ts";
import type { Journey, Ledger } from "./ledger.ts";
import { routeLatencies } from "./route-latency.ts";
import { table } from "./table.ts";

/** Write the summary. */
export function summaryText(run: Run): string {
  const parts = [
    `\n${(run.elapsedMs / 1_000).toFixed(1)} s of traffic`,
    checks(run)
      .map(({ text, holds }) => `  ${holds ? "ok  " : "FAIL"}  ${text}`)
      .join("\n"),
    `Requests by outcome, from the completion lines\n${outcomeTable(run.ledger)}`,
    `Duration in milliseconds, from the histograms in /metrics\n${latencyTable(run)}`,
    `Lines\n${linesTable(run.ledger)}`,
    journeyText(run.ledger.journey),
  ];
  return `${parts.join("\n\n")}\n`;
}

const outcomes = ["ok", "client_error", "server_error", "aborted"] as const;
const services: readonly ServiceName[] = ["shop", "payments"];

function outcomeTable(ledger: Ledger): string {
  const rows = services.map((name) => {
    const lines = ledger.service(name);
    return [name, ...outcomes.map((outcome) => String(lines.outcomes.get(outcome) ?? 0))];
  });
  return table([["", ...outcomes], ...rows]);
}

function latencyTable({ metrics }: Run): string {
  const rows = services.flatMap((name) =>
    routeLatencies(metrics[name]).map(({ route, requests, p50Ms, p95Ms }) => [
      `${name}  ${route}`,
      String(requests),
      p50Ms.toFixed(1),
      p95Ms.toFixed(1),
    ]),
  );
  return table([["", "requests", "p50", "p95"], ...rows]);
}

function linesTable(ledger: Ledger): string {
  const rows = services.map((name) => {
    const { total, completions } = ledger.service(name);
    return [name, String(total), String(completions), (total / Math.max(1, completions)).toFixed(2)];
  });
  return table([["", "lines", "requests", "lines a request"], ...rows]);
}

function journeyText(journey: Journey | undefined): string {
  if (journey === undefined) return "No request passed both services.";
  return `One request through both services: the same request_id and trace_id\n\n${journey.shop}\n${journey.payments}`;
}
