import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requestLine } from "./request-lines.ts";
import { getJson, pushLines, type ServedStore, serveStore } from "./serve-store.ts";

let store: ServedStore;
const now = Date.now();
const range = { start: `${now - 3_600_000}000000`, end: `${now + 1_000}000000` };
const labels = { service_name: "shop", deployment_environment_name: "development", level: "info" };

beforeAll(async () => {
  const rules = [
    {
      path: "grafana.yml",
      text: `groups: [{name: g, rules: [{alert: Any, expr: 'sum(count_over_time({level="info"}[1h])) > 0'}]}]`,
    },
  ];
  store = await serveStore({ rules });
  const lines = Array.from({ length: 50 }, (_, n) => requestLine(n, now - 60_000 + n));
  await pushLines(store.url, labels, lines, now - 60_000);
  store.host.ruler.advance(Date.now());
});

afterAll(() => store.close());

function get(path: string, parameters: Record<string, string> = {}): ReturnType<typeof getJson> {
  return getJson(store.url, path, parameters, { "X-Loki-Response-Encoding-Flags": "categorize-labels" });
}

// docs/dev.md lists them.
describe("what Grafana's Loki data source asks", () => {
  it("when it is saved and tested", async () => {
    const { data } = await get("/loki/api/v1/query", { query: "vector(1)+vector(1)", time: "4000000000" });
    expect(data).toMatchObject({ resultType: "vector", result: [{ metric: {}, value: [4000000000, "2"] }] });
    expect((await get("/loki/api/v1/status/buildinfo")).version).toMatch(/^3\./);
  });

  it("for a panel of logs", async () => {
    const asked = {
      ...range,
      query: '{service_name="shop"} | json',
      limit: "10",
      direction: "backward",
      step: "15000ms",
    };
    const { data } = await get("/loki/api/v1/query_range", asked);
    expect(data.encodingFlags).toEqual(["categorize-labels"]);
    const [{ stream, values }] = data.result;
    expect(stream).toEqual(labels);
    expect(values).toHaveLength(10);
    expect(values[0][2].parsed).toMatchObject({ http_route: "/pay", service_name_extracted: "shop" });
  });

  it("for the volume above the logs", async () => {
    const query =
      'sum by (level, detected_level) (count_over_time({service_name="shop"} | drop __error__ [15s]))';
    const { data } = await get("/loki/api/v1/query_range", { ...range, query, step: "15000ms" });
    const counts = data.result.flatMap((series: { values: [number, string][] }) => series.values);
    expect(data.result[0].metric).toEqual({ detected_level: "info", level: "info" });
    expect(counts.reduce((sum: number, [, value]: [number, string]) => sum + Number(value), 0)).toBe(50);
  });

  it("for the size of a query, the label browser and variables", async () => {
    const query = '{service_name="shop"}';
    expect(await get("/loki/api/v1/index/stats", { ...range, query })).toMatchObject({
      streams: 1,
      entries: 50,
    });
    const volume = await get("/loki/api/v1/index/volume", { ...range, query, limit: "5000" });
    expect(volume.data.result[0].metric).toEqual({ service_name: "shop" });
    expect((await get("/loki/api/v1/labels", { ...range, query })).data).toEqual(Object.keys(labels).sort());
    expect((await get("/loki/api/v1/label/level/values", { ...range, query })).data).toEqual(["info"]);
    expect((await get("/loki/api/v1/series", { ...range, "match[]": query })).data).toEqual([labels]);
  });

  it("in the query editor", async () => {
    const asked = { ...range, query: '{service_name="shop"}' };
    const { fields } = await get("/loki/api/v1/detected_fields", { ...asked, line_limit: "100" });
    expect(fields).toContainEqual({
      label: "http_response_status_code",
      type: "int",
      cardinality: 3,
      parsers: ["json"],
      jsonPath: ["http_response_status_code"],
    });
    expect((await get("/loki/api/v1/detected_field/http_route/values", asked)).values).toContain("/pay");
    expect((await get("/loki/api/v1/detected_labels", asked)).detectedLabels).toHaveLength(3);
    expect((await get("/loki/api/v1/patterns", asked)).data).toEqual([]);
    expect((await get("/loki/api/v1/format_query", { query: '{a="b"}|json' })).data).toBe('{a="b"} | json');
  });

  it("for its list of alerts", async () => {
    const { data, errorType, error } = await get("/prometheus/api/v1/rules");
    expect({ errorType, error }).toEqual({ errorType: "", error: "" });
    expect(data.groups[0].rules[0]).toMatchObject({
      state: "firing",
      name: "Any",
      type: "alerting",
      alerts: [{ state: "firing", labels: { alertname: "Any" }, value: "5e+01" }],
    });
    expect((await get("/prometheus/api/v1/alerts")).data.alerts).toHaveLength(1);
    expect((await get("/prometheus/api/v1/rules", { type: "record" })).data.groups).toEqual([]);
    const files = await fetch(`${store.url}/loki/api/v1/rules`);
    expect(files.headers.get("content-type")).toBe("application/yaml");
    expect(await files.text()).toContain("alert: Any");
  });
});
