import { execFileSync, spawnSync } from "node:child_process";
import client from "prom-client";
import { describe, expect, test } from "vitest";
import type { AnyRegistry } from "../../src/metrics/registry.ts";
import { linesOf, openMetrics, openMetricsAccept, request, samplesOf, type TestMetrics } from "./fixtures.ts";
import { checkOpenMetrics } from "./openmetrics-grammar.ts";

const hostile = 'a\\b"c\nd{}=,# é\u2028';

/** All of the kit's metrics with values in them, and one of each of prom-client's kinds. */
function openFull(registry?: AnyRegistry): TestMetrics {
  const metrics = openMetrics({
    ...(registry === undefined ? {} : { registry }),
    runtime: true,
    bodySizes: true,
    maxLabelSets: 10,
    resource: { service_name: "shop", "k8s.pod.name": hostile },
  });
  for (let i = 0; i < 12; i += 1) {
    metrics.http.begin("GET", "http");
    metrics.http.observe(
      request({
        route: `/r${i}${hostile}`,
        traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
        requestBodyBytes: 1e6,
        responseBodyBytes: 12,
      }),
    );
  }
  metrics.http.observe(request({ recordDuration: false, route: `/r0${hostile}` }));
  metrics.http.clientError("HPE_INVALID_METHOD");
  const registers = [metrics.registry];
  new client.Counter({
    name: "orders_total",
    help: 'Orders "placed"\\\n',
    labelNames: ["kind"],
    registers,
  }).inc({ kind: hostile }, 3);
  new client.Counter({ name: "visits", help: "A counter whose name lacks the suffix.", registers }).inc();
  new client.Gauge({
    name: "temperature",
    help: "Values that are hard to write.",
    labelNames: ["at"],
    registers,
  }).set({ at: "x" }, Number.NaN);
  new client.Histogram({
    name: "sizes",
    help: "Default labels and own.",
    labelNames: ["a"],
    buckets: [1, 1e6],
    registers,
  }).observe({ a: "b" }, 5);
  new client.Summary({ name: "waits", help: "Quantiles.", percentiles: [0.5, 1], registers }).observe(2);
  return metrics;
}

/** The kind that exemplars of the user's own need. */
function openMetricsRegistry(): client.Registry<client.OpenMetricsContentType> {
  const registry = new client.Registry<client.OpenMetricsContentType>();
  registry.setContentType(client.Registry.OPENMETRICS_CONTENT_TYPE);
  return registry;
}

/** The series whose being there does not depend on the moment. */
function steady(samples: ReadonlyMap<string, unknown>): string[] {
  return [...samples.keys()].filter(
    (series) => !/^(v8js_resource_active|nodejs_eventloop_delay)/.test(series),
  );
}

async function scrape(metrics: TestMetrics, accept: string | undefined): Promise<string> {
  return (await metrics.render(accept)).body;
}

describe("a scrape as text, as OpenMetrics, and as text again", () => {
  test("has the same series each time, counters with _total", async () => {
    const metrics = openFull();
    await scrape(metrics, undefined);
    const first = samplesOf(await scrape(metrics, "text/plain"));
    const second = checkOpenMetrics(await scrape(metrics, openMetricsAccept));
    const third = samplesOf(await scrape(metrics, "text/plain"));
    expect(steady(third)).toEqual(steady(first));
    expect(new Set(steady(second))).toEqual(new Set(steady(first)));
    for (const name of ["orders_total", "log_messages_total", "http_server_client_errors_total"]) {
      expect([...third.keys()].some((series) => series.startsWith(`${name}{`))).toBe(true);
      expect([...second.keys()].some((series) => series.startsWith(`${name}{`))).toBe(true);
    }
    expect(first.get("visits")).toBe("1");
    expect(second.get("visits")).toBe(1);
    expect(metrics.registry.contentType).toContain("text/plain");
  });

  test("stays right after prom-client itself wrote OpenMetrics and renamed the counters in place", async () => {
    const registry = openMetricsRegistry();
    const metrics = openFull(registry);
    await scrape(metrics, undefined);
    const before = samplesOf(await scrape(metrics, "text/plain"));
    expect(await registry.metrics()).toContain(
      '\n# TYPE log_messages counter\nlog_messages_total{level="trace"} 0\n',
    );
    expect(steady(samplesOf(await scrape(metrics, "text/plain")))).toEqual(steady(before));
    checkOpenMetrics(await scrape(metrics, openMetricsAccept));
    metrics.close();
    expect(
      registry
        .getMetricsAsArray()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["orders", "sizes", "temperature", "visits", "waits"].sort());
  });

  const promtool = spawnSync("promtool", ["--version"]);
  test.skipIf(promtool.error !== undefined)(
    "passes `promtool check metrics` without a complaint (skipped where promtool is not installed: it comes with Prometheus, apt install prometheus)",
    async () => {
      const metrics = openFull();
      await scrape(metrics, undefined);
      const { registry } = metrics;
      // Its name is against promtool's advice on purpose.
      registry.removeSingleMetric("visits");
      await scrape(metrics, openMetricsAccept);
      const checked = spawnSync("promtool", ["check", "metrics"], {
        input: await scrape(metrics, undefined),
        encoding: "utf8",
      });
      expect(`${checked.stdout}${checked.stderr}`).toBe("");
      expect(checked.status).toBe(0);
    },
  );

  const python = process.env["PYTHON"] ?? "python3";
  const parser = spawnSync(python, ["-c", "import prometheus_client"]);
  test.skipIf(parser.status !== 0)(
    "passes the reference parser of OpenMetrics (skipped where Python lacks it: pip install prometheus_client, or name one in PYTHON)",
    async () => {
      const metrics = openFull();
      await scrape(metrics, undefined);
      const program = [
        "import json, sys",
        "from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse",
        "families = list(parse(sys.stdin.read()))",
        "print(json.dumps([[f.name, f.type, len(f.samples)] for f in families]))",
      ].join("\n");
      const input = await scrape(metrics, openMetricsAccept);
      const families = JSON.parse(execFileSync(python, ["-c", program], { input, encoding: "utf8" }));
      expect(families).toContainEqual(["target", "info", 1]);
      expect(families).toContainEqual(["orders", "counter", 1]);
      expect(families).toContainEqual(["visits", "unknown", 1]);
      expect(families).toContainEqual(["http_server_request_duration_seconds", "histogram", 170]);
    },
  );
});

describe("the user's own metrics", () => {
  test("carry the registry's default labels, and so do the kit's", async () => {
    const metrics = openFull();
    metrics.registry.setDefaultLabels({ app: "shop", a: "default" });
    const samples = samplesOf(await scrape(metrics, undefined));
    expect(samples.get('visits{app="shop",a="default"}')).toBe("1");
    expect(samples.get('sizes_bucket{app="shop",a="b",le="1e+06"}')).toBe("1");
    expect(samples.get('log_messages_total{app="shop",a="default",level="info"}')).toBe("0");
  });

  test("keep their exemplars, in OpenMetrics alone", async () => {
    const registry = openMetricsRegistry();
    const metrics = openMetrics({ registry: registry });
    const counter = new client.Counter({
      name: "paid_total",
      help: "x",
      enableExemplars: true,
      registers: [registry],
    });
    counter.inc({ value: 2, exemplarLabels: { trace_id: "t" } });
    const histogram = new client.Histogram({
      name: "wait",
      help: "x",
      buckets: [1],
      enableExemplars: true,
      registers: [registry],
    });
    histogram.observe({ labels: {}, value: 0.5, exemplarLabels: { trace_id: "u" } });
    const body = await scrape(metrics, openMetricsAccept);
    checkOpenMetrics(body);
    expect(linesOf(body, "paid_total")[0]).toMatch(/^paid_total 2 # \{trace_id="t"\} 2 \d+\.\d{3}$/);
    expect(linesOf(body, "wait_bucket")[0]).toMatch(
      /^wait_bucket\{le="1\.0"\} 1 # \{trace_id="u"\} 0\.5 \d+\.\d{3}$/,
    );
    expect(await scrape(metrics, undefined)).not.toContain("trace_id");
  });

  test("show beside the kit's in prom-client's own text and JSON", async () => {
    const metrics = openFull();
    const text = await metrics.registry.metrics();
    expect(text).toContain("orders_total{");
    expect(text).toMatch(
      /http_server_request_duration_seconds_bucket\{le="0\.025",http_request_method="GET"/,
    );
    const json = await metrics.registry.getMetricsAsJSON();
    const duration = json.find(({ name }) => name === "http_server_request_duration_seconds");
    expect(duration?.values[0]?.labels).toMatchObject({ le: 0.005, http_request_method: "GET" });
  });

  test("may be all of prom-client's default metrics: no name is taken twice", async () => {
    const metrics = openFull();
    client.collectDefaultMetrics({ register: metrics.registry });
    checkOpenMetrics(await scrape(metrics, openMetricsAccept));
    expect(samplesOf(await scrape(metrics, undefined)).has("process_start_time_seconds")).toBe(true);
  });
});

test("an exemplar without a timestamp is written without, one too long not at all", async () => {
  const metrics = openMetrics();
  const values = [
    {
      metricName: "x_bucket",
      labels: { le: 1 },
      value: 1,
      exemplar: { labelSet: { trace_id: "t" }, value: 1 },
    },
    {
      metricName: "x_bucket",
      labels: { le: "+Inf" },
      value: 1,
      exemplar: { labelSet: { t: "a".repeat(128) }, value: 1 },
    },
    { metricName: "x_sum", labels: {}, value: 1, exemplar: null },
    { metricName: "x_count", labels: {}, value: 1 },
  ];
  const metric = {
    name: "x",
    help: "x",
    type: "histogram",
    get: () => ({ name: "x", help: "x", type: "histogram", values }),
  };
  // A metric of somebody else's making, with prom-client's structure only.
  metrics.registry.registerMetric(metric as unknown as client.Metric);
  const body = await scrape(metrics, openMetricsAccept);
  checkOpenMetrics(body);
  expect(linesOf(body, "x_bucket")).toEqual([
    'x_bucket{le="1.0"} 1 # {trace_id="t"} 1',
    'x_bucket{le="+Inf"} 1',
  ]);
});

test("a kind of metric that prom-client may get is untyped in text and unknown in OpenMetrics", async () => {
  const metrics = openMetrics();
  const metric = {
    name: "s",
    help: "x",
    get: () => ({ name: "s", help: "x", type: "stateset", values: [{ value: 1 }] }),
  };
  metrics.registry.registerMetric(metric as unknown as client.Metric);
  expect(await scrape(metrics, undefined)).toContain("# TYPE s untyped\ns 1\n");
  const body = await scrape(metrics, openMetricsAccept);
  checkOpenMetrics(body);
  expect(body).toContain("# TYPE s unknown\ns 1\n");
});
