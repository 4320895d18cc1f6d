import { createRequire } from "node:module";
import { join } from "node:path";
import client from "prom-client";
import { describe, expect, test } from "vitest";
import { TaffrailError } from "../../src/errors.ts";
import type { AnyRegistry } from "../../src/metrics/registry.ts";
import { linesOf, openMetrics, request } from "./fixtures.ts";

/** Loads prom-client again, as a second version in the tree would be, and forgets it after. */
function withSecondCopy(run: (copy: typeof client) => Promise<void>): Promise<void> {
  const { cache, resolve } = createRequire(import.meta.url);
  const require = createRequire(import.meta.url);
  const entry = resolve("prom-client");
  const folder = join(entry, "..");
  const kept = Object.entries(cache).filter(([path]) => path.startsWith(folder));
  for (const [path] of kept) delete cache[path];
  const copy: typeof client = require("prom-client");
  const secondPath = join("/elsewhere", "node_modules", "prom-client", "index.js");
  cache[secondPath] = cache[entry];
  return run(copy).finally(() => {
    delete cache[secondPath];
    for (const [path, module] of kept) cache[path] = module;
  });
}

describe("registry", () => {
  test("without one, the kit has its own, apart from prom-client's global", async () => {
    const metrics = openMetrics();
    expect(metrics.registry).toBeInstanceOf(client.Registry);
    expect(client.register.getSingleMetric("log_messages_total")).toBeUndefined();
  });

  test("a second kit on the same registry takes over; the user's metrics stay", async () => {
    const registry = new client.Registry();
    const mine = new client.Counter({ name: "mine_total", help: "x", registers: [registry] });
    mine.inc(5);
    const first = openMetrics({ registry, runtime: true });
    first.countLogMessage("info");
    const second = openMetrics({ registry });
    second.countLogMessage("warn");
    const { body } = await second.render(undefined);
    expect(linesOf(body, "log_messages_total").map((line) => line.split(" ")[1])).toEqual([
      "0",
      "0",
      "0",
      "1",
      "0",
      "0",
    ]);
    expect(body).toContain("\nmine_total 5\n");
    expect(body).not.toContain("nodejs_eventloop");
    first.close();
    expect(registry.getSingleMetric("log_messages_total")).toBeDefined();
    second.close();
    second.close();
    expect(registry.getMetricsAsArray().map(({ name }) => name)).toEqual(["mine_total"]);
  });

  test("a metric of another's making with one of the names stops the start and changes nothing", () => {
    const registry = new client.Registry();
    new client.Counter({ name: "log_messages_total", help: "x", registers: [registry] });
    const create = (): unknown => openMetrics({ registry, runtime: true });
    expect(create).toThrow(TaffrailError);
    expect(create).toThrow(
      expect.objectContaining({
        code: "ERR_TAFFRAIL_METRIC_CONFLICT",
        message: expect.stringContaining('"log_messages_total"'),
      }),
    );
    expect(registry.getMetricsAsArray()).toHaveLength(1);
  });

  test.each([[{}], [null], [{ registerMetric: () => {} }]])(
    "%j is no registry, and that is said by name",
    (registry) => {
      expect(() => openMetrics({ registry: registry as unknown as AnyRegistry })).toThrow(
        expect.objectContaining({
          code: "ERR_TAFFRAIL_CONFIG_INVALID",
          message: expect.stringContaining("metrics.registry"),
        }),
      );
    },
  );

  test.each([9, 0, -1, 10.5, Number.NaN])("a limit of %s label sets is refused by name", (maxLabelSets) => {
    expect(() => openMetrics({ maxLabelSets })).toThrow(
      expect.objectContaining({
        code: "ERR_TAFFRAIL_CONFIG_INVALID",
        message: expect.stringContaining("metrics.maxLabelSets"),
      }),
    );
  });
});

describe("two copies of prom-client", () => {
  test("are said once, at the first scrape", async () => {
    await withSecondCopy(async (copy) => {
      const metrics = openMetrics({ registry: new copy.Registry() });
      expect(metrics.problems).toEqual([]);
      await metrics.render(undefined);
      await metrics.render(undefined);
      expect(metrics.problems).toMatchObject([
        { name: "prom_client_copies", fields: { registry_of_other_copy: true } },
      ]);
    });
  });

  test("are found by what is loaded, too, and the other copy's registry works", async () => {
    await withSecondCopy(async (copy) => {
      const own = openMetrics();
      await own.render(undefined);
      expect(own.problems).toMatchObject([{ fields: { registry_of_other_copy: false } }]);
      const registry = new copy.Registry();
      const metrics = openMetrics({ registry });
      new copy.Counter({ name: "theirs_total", help: "x", registers: [registry] }).inc();
      metrics.http.observe(request());
      expect((await metrics.render(undefined)).body).toContain("\ntheirs_total 1\n");
    });
  });

  test("one copy is nothing to say", async () => {
    const metrics = openMetrics();
    await metrics.render(undefined);
    expect(metrics.problems).toEqual([]);
  });
});

test("target_info names the service; attributes that are no label names become ones", async () => {
  const metrics = openMetrics({
    resource: { service_name: "shop", "k8s.pod.name": "p", k8s_pod_name: "q", "1st": "x", "": "y" },
  });
  expect((await metrics.render(undefined)).body.split("\n")[2]).toBe(
    'target_info{service_name="shop",k8s_pod_name="p;q",key_1st="x",key_="y"} 1',
  );
});

test("runtime metrics are there when asked for", async () => {
  const metrics = openMetrics({ runtime: true });
  const { body } = await metrics.render(undefined);
  for (const name of [
    "nodejs_eventloop_time_seconds_total",
    "v8js_heap_size_limit_bytes",
    "process_uptime_seconds",
  ]) {
    expect(linesOf(body, name).length).toBeGreaterThan(0);
  }
});

test("a reporter that throws never throws into a request", () => {
  const metrics = openMetrics({
    maxLabelSets: 10,
    onProblem: () => {
      throw new Error("the logger is broken");
    },
  });
  for (let i = 0; i < 20; i += 1) metrics.http.observe(request({ route: `/r${i}` }));
});
