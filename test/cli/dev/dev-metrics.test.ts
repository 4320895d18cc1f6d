import { afterEach, describe, expect, it } from "vitest";
import { until } from "../../support/poll.ts";
import { DevProcess } from "./dev-process.ts";
import { writeKitService } from "./programs.ts";

const started: DevProcess[] = [];

afterEach(async () => {
  for (const { process, ended } of started.splice(0)) {
    process.kill("SIGTERM");
    await ended;
  }
});

function dev(args: readonly string[]): DevProcess {
  const process = new DevProcess(args);
  started.push(process);
  return process;
}

interface Answer {
  readonly data: {
    readonly result: readonly { readonly metric: object; readonly value: [number, string] }[];
  };
}

describe("taffrail dev and metrics", () => {
  it("scrapes the service whose line says where its operations server is", async () => {
    const run = dev(["--quiet", "--scrape-interval", "1s", "--", process.execPath, writeKitService()]);
    const url = await run.url();
    expect(await (await fetch(`${url}/config.json`)).json()).toMatchObject({ prometheusUrl: "" });
    const query = async (text: string): Promise<Answer["data"]["result"]> => {
      const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: text })}`);
      return ((await answer.json()) as Answer).data.result;
    };
    const rate =
      'sum by (service_name) (rate(http_server_request_duration_seconds_count{service_name="shop"}[1m]))';
    const found = await until(
      () => query(rate),
      (result) => Number(result[0]?.value[1]) > 0,
      20_000,
    );
    expect(found[0]?.metric).toEqual({ service_name: "shop" });
    expect(await query('up{service_name="shop"}')).toMatchObject([{ value: [expect.anything(), "1"] }]);
    const rules = (await (await fetch(`${url}/api/v1/rules`)).json()) as { data: { groups: unknown[] } };
    expect(rules.data.groups.length).toBeGreaterThan(0);
  }, 40_000);

  it("scrapes what it is told, and nothing when it is told so", async () => {
    const told = dev(["--scrape", "http://127.0.0.1:9/metrics", "--stay", "--", process.execPath, "-e", ""]);
    const url = await told.url();
    const down = await until(
      async () => JSON.stringify(await (await fetch(`${url}/api/v1/targets`)).json()),
      (text) => text.includes('"health":"down"'),
    );
    expect(down).toContain("http://127.0.0.1:9/metrics");
    const none = dev(["--no-scrape", "--stay", "--", process.execPath, "-e", ""]);
    expect(await (await fetch(`${await none.url()}/config.json`)).json()).toMatchObject({
      prometheusUrl: null,
    });
  });

  it("says what is wrong with an address or an interval", async () => {
    const address = dev(["--scrape", "localhost:9464", "--", "true"]);
    expect(await address.ended).toBe(2);
    expect(address.stderr).toContain(
      "--scrape localhost:9464: expected an address such as http://127.0.0.1:9464/metrics",
    );
    const interval = dev(["--scrape-interval", "fast", "--", "true"]);
    expect(await interval.ended).toBe(2);
    expect(interval.stderr).toContain("--scrape-interval fast: expected a duration from 1s to 5m");
  });
});
