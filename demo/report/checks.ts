import type { Exit } from "../child.ts";
import type { ServiceName } from "../scenarios.ts";
import type { Ledger } from "./ledger.ts";
import { type Sample, sum } from "./scrape.ts";

/** What is known of a run at its end. */
export interface Run {
  readonly elapsedMs: number;
  /** Requests that the traffic generator got through to the shop. */
  readonly sent: number;
  /** Those that it didn't. */
  readonly failed: number;
  readonly ledger: Ledger;
  readonly metrics: Readonly<Record<ServiceName, readonly Sample[]>>;
  readonly exits: Readonly<Record<ServiceName, Exit>>;
}

export interface Check {
  readonly text: string;
  readonly holds: boolean;
}

/** What must hold after every run, in words, and whether it did. */
export function checks(run: Run): Check[] {
  const { ledger, metrics, sent, failed } = run;
  const unanswered = sum(metrics.shop, paymentCalls, { result: "unanswered" });
  const answered = sum(metrics.shop, paymentCalls) - unanswered;
  return [
    countsAgree(run, { name: "shop", caller: "demo-traffic", asked: sent, unanswered: failed }),
    countsAgree(run, { name: "payments", caller: "shop", asked: answered, unanswered }),
    { text: `${ledger.duplicates} requests with a second completion line`, holds: ledger.duplicates === 0 },
    { text: `${ledger.unreadable} lines that are no JSON`, holds: ledger.unreadable === 0 },
    stopped(run, "shop"),
    stopped(run, "payments"),
  ];
}

const paymentCalls = "shop_payment_calls_total";

interface Asked {
  readonly name: ServiceName;
  readonly caller: string;
  readonly asked: number;
  /** Beside those: whether they got through is known to the service alone. */
  readonly unanswered: number;
}

/**
 * What was asked, what was logged and what was counted are three ways to the same number. Only a
 * service that refused connections may make them differ, and by no more than were left unanswered.
 */
function countsAgree({ ledger, metrics }: Run, { name, caller, asked, unanswered }: Asked): Check {
  const { completions, callers } = ledger.service(name);
  const logged = callers.get(caller) ?? 0;
  const counted = countedRequests(metrics[name]);
  const notes = [
    ...(unanswered > 0 ? [`${unanswered} more unanswered`] : []),
    ...(completions > logged ? [`${completions - logged} lines for others`] : []),
  ];
  const text = `${name}: ${asked} requests from ${caller}, ${logged} completion lines, ${counted} in /metrics`;
  return {
    text: notes.length === 0 ? text : `${text} (${notes.join(", ")})`,
    holds: Math.abs(logged - asked) <= unanswered && completions === counted,
  };
}

/** Event streams are counted apart: their length is no latency. */
function countedRequests(samples: readonly Sample[]): number {
  const timed = sum(samples, "http_server_request_duration_seconds_count");
  return timed + sum(samples, "http_server_untimed_requests_total");
}

function stopped({ ledger, exits }: Run, name: ServiceName): Check {
  const lines = ledger.service(name).events.get("process.stop") ?? 0;
  const { code, signal } = exits[name];
  const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
  return { text: `${name}: ${lines} process.stop line, ${how}`, holds: lines === 1 && code === 0 };
}
