import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createPrometheus, type Prometheus } from "../../src/prometheus/index.ts";
import { type Served, serve } from "../support/serve.ts";

const startMs = 1_700_000_000_000;
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

/** A target that shows what the test sets, a Prometheus that scrapes it on the test's clock, and its API. */
async function scene(options: Partial<Parameters<typeof createPrometheus>[0]> = {}) {
  const shown = { text: "", status: 200, type: "text/plain; version=0.0.4" };
  const target = await serve(
    createServer((_, res) => res.writeHead(shown.status, { "content-type": shown.type }).end(shown.text)),
  );
  const clock = { nowMs: startMs };
  const prometheus = createPrometheus({
    targets: [{ url: `${target.url}/metrics`, job: "test" }],
    now: () => clock.nowMs,
    ...options,
  });
  const api = await serveHandler(prometheus);
  opened.push(target, api);
  const tick = async (text = shown.text): Promise<void> => {
    shown.text = text;
    await prometheus.tick();
    clock.nowMs += 5000;
  };
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${api.url}/api/v1/${path}`, init);
    return { ...((await response.json()) as object), status: response.status } as Answer;
  };
  const values = async (query: string): Promise<string[]> => {
    const { data } = await ask(
      `query?query=${encodeURIComponent(query)}&time=${(clock.nowMs - 5000) / 1000}`,
    );
    return (data as { result: { value: [number, string] }[] }).result.map(({ value }) => value[1]);
  };
  return { shown, clock, prometheus, tick, ask, values, instance: new URL(target.url).host };
}

interface Answer {
  readonly status: number;
  readonly data?: unknown;
  readonly errorType?: string;
  readonly error?: string;
}

function serveHandler({ handler }: Prometheus): Promise<Served> {
  return serve(
    createServer((req, res) => {
      const path = decodeURIComponent(new URL(req.url ?? "/", "http://x").pathname);
      void handler(req, res, path).then((answered) => answered || res.writeHead(404).end());
    }),
  );
}

describe("a scrape", () => {
  it("stores what the target shows, and how it went", async () => {
    const { tick, values, ask } = await scene();
    await tick('a_total{x="1"} 10\nb 2\n');
    await tick('a_total{x="1"} 20\nb 2\n');
    expect(await values("a_total")).toEqual(["20"]);
    expect(await values("increase(a_total[10s])")).toEqual(["20"]);
    expect(await values("up")).toEqual(["1"]);
    expect(await values("scrape_samples_scraped")).toEqual(["2"]);
    expect(await values("scrape_series_added")).toEqual(["0"]);
    expect(await values("scrape_duration_seconds > 0 < 5")).toHaveLength(1);
    const { data } = await ask("targets");
    expect(data).toMatchObject({ activeTargets: [{ health: "up", lastError: "", labels: { job: "test" } }] });
  });

  it("ends every series when the target fails, and has them again afterwards", async () => {
    const { tick, values, shown, ask } = await scene();
    await tick("a 1\n");
    shown.status = 503;
    await tick();
    expect(await values("a")).toEqual([]);
    expect(await values("up")).toEqual(["0"]);
    const { data } = await ask("targets");
    expect(data).toMatchObject({
      activeTargets: [{ health: "down", lastError: "server returned HTTP status 503 Service Unavailable" }],
    });
    shown.status = 200;
    await tick();
    expect(await values("a")).toEqual(["1"]);
  });

  it("ends a series that the target shows no more, and keeps the others", async () => {
    const { tick, values } = await scene();
    await tick('a{x="1"} 1\na{x="2"} 2\n');
    await tick('a{x="2"} 2\n');
    expect(await values("a")).toEqual(["2"]);
  });

  it("takes a text that is broken for a failure as a whole", async () => {
    const { tick, values, ask } = await scene();
    await tick("a 1\nb one\n");
    expect(await values("a")).toEqual([]);
    expect(await values("up")).toEqual(["0"]);
    expect(JSON.stringify((await ask("targets")).data)).toContain("line 2: expected a number");
  });

  it("refuses an exposition that is too large, and a target that is not there", async () => {
    const { tick, ask, values, prometheus } = await scene({ maxScrapeBytes: 10 });
    prometheus.addTarget({ url: "http://127.0.0.1:9/metrics", job: "gone" });
    await tick("a_long_name 1\n");
    expect(await values("sum(up)")).toEqual(["0"]);
    expect(JSON.stringify((await ask("targets")).data)).toContain("the body is larger than 10 bytes");
  });

  it("gives all series of a target the names in its target_info", async () => {
    const { tick, values } = await scene();
    const info = 'target_info{service_name="shop",deployment_environment_name="dev",other="x"} 1\n';
    await tick(`a 1\n${info}`);
    expect(await values('a{service_name="shop",deployment_environment_name="dev",other=""}')).toEqual(["1"]);
    expect(await values('up{service_name="shop"}')).toEqual(["1"]);
    expect(await values('target_info{exported_service_name=""}')).toEqual(["1"]);
  });

  it("keeps exemplars, and answers them by series", async () => {
    const { tick, ask, shown } = await scene();
    shown.type = "application/openmetrics-text; version=1.0.0";
    const text = '# TYPE a counter\na_total{x="1"} 3 # {trace_id="4bf9"} 0.5 1700000000.25\n# EOF\n';
    await tick(text);
    await tick(text);
    const { data } = await ask(
      `query_exemplars?query=${encodeURIComponent("rate(a_total[1m])")}&start=1&end=1800000000`,
    );
    expect(data).toMatchObject([
      {
        seriesLabels: { __name__: "a_total", x: "1", job: "test" },
        exemplars: [{ labels: { trace_id: "4bf9" }, value: "0.5", timestamp: 1_700_000_000.25 }],
      },
    ]);
  });
});

describe("the API", () => {
  it("answers a range, by GET and by a form", async () => {
    const { tick, ask } = await scene();
    for (let i = 0; i < 4; i++) await tick(`a ${i}\n`);
    const parameters = new URLSearchParams({
      query: "a * 2",
      start: "1700000000",
      end: "1700000015",
      step: "5s",
    });
    const answer = await ask(`query_range?${parameters}`);
    expect(answer.data).toMatchObject({
      resultType: "matrix",
      result: [{ values: [0, 2, 4, 6].map((value, i) => [1_700_000_000 + i * 5, String(value)]) }],
    });
    expect((await ask("query_range", { method: "POST", body: parameters })).data).toEqual(answer.data);
  });

  it("lists labels, values, series and metadata", async () => {
    const { tick, ask, instance } = await scene();
    await tick('# TYPE a gauge\n# HELP a What it is.\na{x="1"} 1\na{x="2"} 1\n');
    expect((await ask("labels?match[]=a")).data).toEqual(["__name__", "instance", "job", "x"]);
    expect((await ask("label/x/values")).data).toEqual(["1", "2"]);
    expect((await ask("label/x/values?limit=1")).data).toEqual(["1"]);
    expect((await ask("label/__name__/values?match[]={x=~'.%2B'}")).data).toEqual(["a"]);
    expect((await ask("series?match[]=a{x='1'}")).data).toEqual([
      { __name__: "a", instance, job: "test", x: "1" },
    ]);
    expect((await ask("labels?end=1")).data).toEqual([]);
    expect((await ask("metadata")).data).toEqual({ a: [{ type: "gauge", help: "What it is.", unit: "" }] });
    expect((await ask("status/buildinfo")).data).toMatchObject({ version: "3.14.0" });
  });

  it.each([
    ["query?query=sum(", 400, "bad_data", 'invalid parameter "query": 1:5: parse error: '],
    [
      "query?query=up&time=noon",
      400,
      "bad_data",
      'invalid parameter "time": cannot parse "noon" to a valid timestamp',
    ],
    [
      "query_range?query=up&start=0&end=9&step=0",
      400,
      "bad_data",
      'invalid parameter "step": zero or negative',
    ],
    [
      "query_range?query=up&start=9&end=0&step=1",
      400,
      "bad_data",
      "end timestamp must not be before start time",
    ],
    ["query_range?query=up&start=0&end=99999&step=1", 400, "bad_data", "exceeded maximum resolution"],
    ["query?query=label_replace(up,'a','b','c','(')", 422, "execution", "invalid regular expression"],
    ["series", 400, "bad_data", "no match[] parameter provided"],
    ["series?match[]=1", 400, "bad_data", 'invalid parameter "match[]": "1" is no selector'],
    ["rules?type=x", 400, "bad_data", "not supported value"],
  ])("answers %s with %i", async (path, status, errorType, error) => {
    const { ask } = await scene();
    const answer = await ask(path);
    expect(answer).toMatchObject({ status, errorType });
    expect(answer.error).toContain(error);
  });
});

describe("rules", () => {
  const text = `
groups:
  - name: g
    interval: 5s
    rules:
      - {record: "job:b:sum", expr: sum by (job) (b)}
      - alert: High
        expr: job:b:sum > 5
        for: 10s
        labels: {severity: page}
        annotations: {summary: "{{ $value }} of {{ $labels.job }}; {{ query \\"b\\" | first | value }}"}
`;

  it("are evaluated over each other's series, and alerts wait, fire, and are over", async () => {
    const states: string[] = [];
    const { tick, values, ask } = await scene({
      rules: [{ path: "g.yml", text }],
      onAlert: ({ state, annotations }) => states.push(`${state}: ${annotations["summary"]}`),
    });
    await tick("b 9\n");
    expect(await values("job:b:sum")).toEqual(["9"]);
    expect(await values('ALERTS{alertstate="pending"}')).toEqual(["1"]);
    await tick();
    await tick();
    expect(await values('ALERTS{alertname="High",alertstate="firing",severity="page"}')).toEqual(["1"]);
    expect(await values('ALERTS{alertstate="pending"}')).toEqual([]);
    expect(await values("ALERTS_FOR_STATE")).toEqual(["1700000000"]);
    expect((await ask("alerts")).data).toMatchObject({ alerts: [{ state: "firing", value: "9e+00" }] });
    expect((await ask("rules?type=alert")).data).toMatchObject({
      groups: [{ name: "g", interval: 5, rules: [{ name: "High", state: "firing", health: "ok" }] }],
    });
    await tick("b 1\n");
    expect(await values("ALERTS")).toEqual([]);
    expect(states).toEqual(["pending", "firing", "resolved"].map((state) => `${state}: 9 of test; 9`));
  });

  it("that fail say so, and those of LogQL are left out", async () => {
    const { tick, ask } = await scene({
      rules: [
        { path: "a.yml", text: "groups: [{name: a, rules: [{alert: A, expr: 'b * on () c'}]}]" },
        {
          path: "l.yml",
          text: `groups: [{name: l, rules: [{alert: L, expr: 'count_over_time({a="b"}[5m]) > 0'}]}]`,
        },
      ],
    });
    await tick('b 1\nc{x="1"} 1\nc{x="2"} 1\n');
    const { data } = await ask("rules");
    expect(data).toMatchObject({ groups: [{ name: "a", rules: [{ health: "err" }] }] });
    expect(JSON.stringify(data)).toContain("found duplicate series for the match group {}");
  });
});
