import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { linesAt } from "./lines.ts";
import { createPipeline } from "./pipeline.ts";
import { parseRiver } from "./river.ts";

const file = readFileSync("stack/alloy/config.alloy", "utf8");
const readMs = Date.parse("2026-01-01T00:00:10Z");
const lines = linesAt(readMs);
const env = { DEPLOYMENT_ENVIRONMENT_NAME: "demo" };

describe("what stack/alloy/config.alloy makes of lines, its stages run by the collector's stand-in", () => {
  const entries = createPipeline(file, "contract", env)(lines);
  const labels = (service_name: string, level: string, deployment_environment_name = "demo") => ({
    service_name,
    deployment_environment_name,
    level,
  });

  it("few labels, with those of its file for what does not say them", () => {
    expect(entries.map((entry) => entry.labels)).toEqual([
      labels("shop", "info", "production"),
      labels("other", "info"),
      labels("shop", "warn"),
      labels("shop", "unknown"),
      labels("shop", "unknown"),
      labels("shop", "unknown"),
      labels("shop", "unknown"),
      labels("shop", "error"),
    ]);
  });

  it("ids as structured metadata, the time of the line, and a trace in one piece", () => {
    expect(entries.map(({ metadata }) => metadata).filter((ids) => Object.keys(ids).length > 0)).toEqual([
      { trace_id: "4bf9", span_id: "00f0", request_id: "r1" },
    ]);
    expect(entries.map(({ timeMs }) => timeMs - readMs)).toEqual([
      -4_000, -3_000, -2_000, -1_000, 0, 0, 0, 0,
    ]);
    expect(entries[5]?.text.split("\n")).toEqual(lines.slice(5, 8).map(({ text }) => text));
  });

  it("no environment where the collector is told none", () => {
    const [, , , , banner] = createPipeline(file, "contract", {})(lines);
    expect(banner?.labels).toEqual({ service_name: "shop", level: "unknown" });
  });

  it.each([
    [
      "a label more",
      'level                       = "",\n\t\t}\n\t}\n\n\tstage.structured',
      'level = "",\n trace_id = "",\n\t\t}\n\t}\n\n\tstage.structured',
      /"labels":\{[^}]*"trace_id":"4bf9"/,
    ],
    ["an id less", '\t\t\tspan_id    = "",\n', "", /"metadata":\{"trace_id":"4bf9","request_id":"r1"\}/],
    ["another first line", '"^[^\\\\s}]"', '"^"', /"text":"}"/],
  ])("is what the file says: %s shows", (_, from, to, shown) => {
    expect(file).toContain(from);
    expect(JSON.stringify(createPipeline(file.replace(from, to), "contract", env)(lines))).toMatch(shown);
    expect(JSON.stringify(entries)).not.toMatch(shown);
  });

  it("refuses what it would have to guess", () => {
    const changed = (from: string, to: string) => () =>
      createPipeline(file.replace(from, to), "contract", env);
    expect(changed("stage.label_drop", "stage.label_keep")).toThrow("stage.label_keep is not understood");
    expect(changed("max_lines ", "trim ")).toThrow("stage.multiline: trim is not understood");
    expect(changed("sys.env(", "env(")).toThrow("env() is not understood");
    expect(changed("level || ''", "level[0]")).toThrow("the path level[0] is not understood");
    expect(changed('loki.process "contract"', 'loki.process "other"')).toThrow('no loki.process "contract"');
  });
});

it("stack/alloy/docker.alloy hands its lines to the same stages", () => {
  const blocks = parseRiver(readFileSync("stack/alloy/docker.alloy", "utf8"), {});
  const { attributes } = blocks.find(({ name }) => name === "loki.process") ?? {};
  expect(attributes?.get("forward_to")).toEqual([{ reference: "loki.process.contract.receiver" }]);
});
