import { describe, expect, it } from "vitest";
import { openingTimes } from "../../../console/app/opening-times.ts";
import { isSafeUrl } from "../../../console/grafana/data-link.ts";
import { forQuery, interpolate } from "../../../console/grafana/interpolate.ts";
import { chooseInterval, timeVariables } from "../../../console/grafana/interval.ts";
import { toFrames } from "../../../console/grafana/query-frames.ts";
import { resolveTimeRange } from "../../../console/grafana/time-range.ts";
import { applyTransformations } from "../../../console/grafana/transform/transform.ts";
import { formatText } from "../../../console/grafana/units.ts";
import { showInvisible, stripControls } from "../../../console/grafana/visible-text.ts";
import { readLine } from "../../../console/logs/line.ts";
import { parseFilter, quote, toLogql } from "../../../console/logs/log-query.ts";
import { groupRepeats, joinTraces } from "../../../console/logs/rows.ts";
import { virtualWindow } from "../../../console/logs/virtual-window.ts";
import { alignSeries, stackValues } from "../../../console/panels/align-series.ts";
import { toSeries } from "../../../console/panels/series.ts";
import { parseRoute, routeOfLink } from "../../../console/route/route.ts";
import { parse } from "../../../src/logql/index.ts";

const nothing = { services: [], levels: [], text: "", filters: [], custom: undefined };

describe("variables", () => {
  it("escapes the values of a multi-value variable for a matcher", () => {
    expect(interpolate('{a=~"$a"}', { a: ["x.y", "z"] }, forQuery)).toBe('{a=~"(x\\\\.y|z)"}');
  });
  it("leaves an unknown name as it is", () => {
    expect(interpolate("[$__auto] $b", { b: "1" })).toBe("[$__auto] 1");
  });
  it("chooses a nice step, and a rate interval of four scrapes at least", () => {
    const range = { from: 0, to: 3_600_000 };
    expect(chooseInterval(range, 200, undefined)).toBe(20_000);
    expect(timeVariables(range, 20_000)).toMatchObject({
      __interval: "20s",
      __rate_interval: "60s",
      __range: "3600s",
    });
  });
});

describe("the name of a series", () => {
  const target = { refId: "A", legendFormat: "{{http_route}}" };
  const named = (metric: Record<string, string>, legendFormat = target.legendFormat): string[] =>
    toSeries(
      toFrames(
        { resultType: "matrix", result: [{ metric, values: [[1, "2"]] }] },
        { ...target, legendFormat },
        false,
      ),
    ).map(({ name }) => name);
  it("is the legend, and where its labels are missing, as in Grafana, the labels there are, or Value", () => {
    expect(named({ http_route: "/a" })).toEqual(["/a"]);
    expect(named({ service_name: "shop" })).toEqual(['{service_name="shop"}']);
    expect(named({ service_name: "shop" }, "{{http_route}} {{url_path}}")).toEqual(['{service_name="shop"}']);
    expect(named({})).toEqual(["Value"]);
  });
});

describe("what a page opens with", () => {
  const own = { time: { from: "now-6h", to: "now" }, refresh: "30s" };
  it("is the dashboard's own range and refresh, before which --range goes", () => {
    expect(openingTimes({}, own)).toEqual({ range: own.time, refresh: "30s" });
    expect(openingTimes({ range: "5m" }, own)).toEqual({
      range: { from: "now-5m", to: "now" },
      refresh: "30s",
    });
  });
  it("is an hour and no refresh where nothing is said that can be read", () => {
    const usual = { range: { from: "now-1h", to: "now" }, refresh: "" };
    expect(openingTimes({}, undefined)).toEqual(usual);
    expect(openingTimes({}, { time: { from: "now", to: "yesterday" }, refresh: "5 x" })).toEqual(usual);
    expect(openingTimes({}, { time: { from: "now", to: "now-1h" }, refresh: "0s" })).toEqual(usual);
  });
});

describe("units and times", () => {
  it.each([
    [1500, "ms", "1.5 s"],
    [0.0423, "percentunit", "4.23%"],
    [2048, "bytes", "2 KiB"],
    [12_345, "short", "12.3 K"],
    [3, "reqps", "3 req/s"],
    [Number.NaN, "ms", "NaN"],
  ])("prints %s %s as %s", (value, unit, text) => {
    expect(formatText(value, unit)).toBe(text);
  });
  it("reads relative ranges, and refuses an end before its start", () => {
    expect(resolveTimeRange({ from: "now-1h", to: "now" }, 3_600_000)).toEqual({ from: 0, to: 3_600_000 });
    expect(resolveTimeRange({ from: "now", to: "now-1h" }, 3_600_000)).toBeUndefined();
  });
});

describe("log lines", () => {
  it("takes terminal sequences out and makes hidden characters seen", () => {
    expect(showInvisible(stripControls("\u001b[31mred\u001b[0m\u0007 \u202egpj"))).toBe("red ⟨U+202E⟩gpj");
  });
  it("reads pino's numbers and words as levels", () => {
    expect(readLine("1", '{"level":50,"msg":"x"}', {}).level).toBe("error");
    expect(readLine("1", "plain", { level: "warning" }).level).toBe("warn");
  });
  it("joins a stack trace and counts repeats", () => {
    const texts = ["Error: 12", "    at a (b.js:1)", "Error: 13"];
    const rows = joinTraces(
      texts.map((text, index) => readLine(`${index}000000`, text, { service_name: "s" })),
    );
    expect(rows.map(({ continued }) => continued.length)).toEqual([1, 0]);
    expect(groupRepeats(rows).map(({ count }) => count)).toEqual([2]);
  });
  it("draws only what is in sight", () => {
    expect(virtualWindow(24_000, 240, 24, 100_000)).toEqual({ first: 988, end: 1022 });
  });
});

describe("a search as LogQL", () => {
  it.each([
    [{ ...nothing }],
    [{ ...nothing, services: ["a", "b.c"], levels: ["error", "fatal"], text: 'say "`hi`"' }],
    [{ ...nothing, filters: [{ field: "user.id", operator: "!=" as const, value: 'x"y\\' }] }],
  ])("is a query that the engine reads: %j", (given) => {
    expect(() => parse(toLogql(given))).not.toThrow();
  });
  it("filters by a field", () => {
    const filter = parseFilter("status=500");
    expect(toLogql({ ...nothing, filters: filter ? [filter] : [] })).toBe(
      '{service_name=~".+"} | json status="status" | status="500"',
    );
    expect(quote("a`b")).toBe('"a`b"');
  });
});

describe("charts", () => {
  const frame = (name: string, times: number[], values: number[]) => ({
    refId: "A",
    fields: [
      { name: "Time", type: "time" as const, values: times },
      { name, type: "number" as const, values },
    ],
  });
  it("puts series on one axis, with a gap where steps are missing", () => {
    const aligned = alignSeries(toSeries([frame("a", [0, 1000, 5000], [1, 2, 3]), frame("b", [1000], [7])]));
    expect(aligned.times).toEqual([0, 1, 2, 5]);
    expect(aligned.values).toEqual([
      [1, 2, null, 3],
      [null, 7, null, null],
    ]);
    expect(
      stackValues([
        [1, 2],
        [3, null],
      ]),
    ).toEqual([
      [1, 2],
      [4, 2],
    ]);
  });
  it("names a transformation it does not have", () => {
    expect(applyTransformations([], [{ id: "heatmap" }]).unknown).toEqual(["heatmap"]);
  });
});

describe("links", () => {
  it("follows dashboards inside the console, and nothing that runs", () => {
    expect(routeOfLink("/d/abc/title?var-a=1")).toBe("#/d/abc?var-a=1");
    expect(parseRoute("#/logs?f=a&f=b").parameters.getAll("f")).toEqual(["a", "b"]);
    expect(isSafeUrl("javascript:alert(1)")).toBe(false);
  });
});
