import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StackMetric, stackMetrics } from "../../dashboards/source/model/stack-metrics.ts";
import { switchIncidents } from "../../demo/traffic/switch-incidents.ts";
import { parseExposition, parseSeries } from "../../src/prometheus/scrape/exposition.ts";
import { Traffic } from "../incidents/traffic.ts";
import { Child } from "../support/child.ts";
import { ask, sendRaw } from "../support/client.ts";
import { until } from "../support/poll.ts";
import {
  dashboardQueries,
  metricNames,
  missingMetrics,
  recordedNames,
  ruleQueries,
  runbookQueries,
} from "./metric-uses.ts";

const queries = [...dashboardQueries(), ...ruleQueries(), ...runbookQueries()];
const services: Child[] = [];
let scraped: Set<string>;

beforeAll(async () => {
  const payments = await start("payments");
  const shop = await start("shop", { PAYMENTS_URL: payments.url });
  const sink = await start("alert-sink", { SINK_HEARTBEATS: "Watchdog" });
  await new Traffic(shop.url, 60, []).run(2_000);
  await goWrong(shop);
  const expositions = await Promise.all([payments, shop, sink].map(({ ops }) => scrape(ops)));
  scraped = new Set(expositions.flatMap((names) => [...names]));
}, 60_000);

afterAll(async () => {
  for (const child of services) child.kill("SIGTERM");
  await Promise.all(services.map(({ ended }) => ended));
});

describe("every metric of a dashboard, a rule or a runbook", () => {
  it("stands in a scrape of the demo, is recorded by a rule, or is declared as one of the stack's own", () => {
    expect(used().size).toBeGreaterThan(40);
    expect(missingMetrics(queries, known())).toEqual([]);
  });

  it("is declared as the stack's own only where no service of the demo shows it, and where it is used", () => {
    const declared = Object.keys(stackMetrics);
    expect(declared.filter((name) => scraped.has(name) || recordedNames().has(name))).toEqual([]);
    expect(declared.filter((name) => !used().has(name))).toEqual([]);
  });

  it("is missed under its old name once it is renamed", () => {
    const names = [...used()].filter((name) => scraped.has(name));
    const found = names.filter((name) => {
      const renamed = new Set([...known()].map((one) => (one === name ? `${name}_renamed` : one)));
      const missing = missingMetrics(queries, renamed);
      return missing.length > 0 && missing.every((text) => text.endsWith(`: ${name}`));
    });
    expect(found).toEqual(names);
  });
});

function used(): Set<string> {
  return new Set(queries.flatMap(({ expr }) => [...metricNames(expr)]));
}

function known(): Set<string> {
  return new Set([...scraped, ...recordedNames(), ...(Object.keys(stackMetrics) as StackMetric[])]);
}

interface Service {
  readonly child: Child;
  readonly url: string;
  /** Its metrics. */
  readonly ops: string;
}

/** What some metrics begin with: bytes that are no request, and lines that nobody takes. */
async function goWrong({ child, url, ops }: Service): Promise<void> {
  await sendRaw(url, "no request\r\n\r\n");
  const { stdout } = child.process;
  await switchIncidents([url], ["dumped-objects"]);
  stdout.pause();
  await new Traffic(url, 60, []).run(1_500);
  await until(
    () => scrape(ops),
    (names) => names.has("taffrail_log_dropped_lines_total"),
  );
  stdout.resume();
}

async function start(name: string, env: Readonly<Record<string, string>> = {}): Promise<Service> {
  const child = new Child(
    "main.js",
    { OTEL_SERVICE_NAME: name, DEMO_SEED: "7", ...env },
    { folder: `build/demo/${name}` },
  );
  services.push(child);
  const [ops, app] = await Promise.all([
    child.line(({ event_name }) => event_name === "ops.listen"),
    child.line(({ msg }) => msg === "listening"),
  ]);
  return { child, url: String(app["url"]), ops: `http://127.0.0.1:${String(ops["server_port"])}/metrics` };
}

async function scrape(url: string): Promise<Set<string>> {
  const { text } = await ask(url);
  const { samples } = parseExposition(text, { openMetrics: false });
  return new Set(
    samples.flatMap(({ series }) =>
      parseSeries(series).flatMap(([name, value]) => (name === "__name__" ? [value] : [])),
    ),
  );
}
