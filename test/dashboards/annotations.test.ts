import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { forQuery, interpolate } from "../../console/grafana/interpolate.ts";
import { parse } from "../../src/logql/index.ts";
import { expandGlob } from "../../src/rules/index.ts";

interface Model {
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
  readonly templating: { readonly list: readonly { readonly name: string; readonly allValue?: string }[] };
}

describe("the marks of a dashboard", () => {
  it.each(expandGlob("dashboards/grafana/*.json"))(
    "are asked for in a way that Loki takes, with All chosen: %s",
    (path) => {
      const { annotations, templating } = JSON.parse(readFileSync(path, "utf8")) as Model;
      const all = Object.fromEntries(templating.list.map(({ name, allValue }) => [name, allValue ?? ""]));
      for (const { expr } of annotations.list) {
        expect(() => parse(interpolate(expr, all, forQuery))).not.toThrow();
      }
    },
  );
});
