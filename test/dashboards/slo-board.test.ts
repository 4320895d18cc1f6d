import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Dashboard } from "../../dashboards/source/model/model.ts";
import { LabelSet } from "../../src/logql/parts.ts";
import { createPromqlEngine, parsePromql, SeriesStore } from "../../src/promql/index.ts";
import { expandGlob } from "../../src/rules/index.ts";

const boards = expandGlob("dashboards/grafana/*.json").map(
  (path) => JSON.parse(readFileSync(path, "utf8")) as Dashboard,
);
const panels = boards.flatMap((board) => board.panels).filter((panel) => panel.type !== "row");

it("has a budget that is overspent in red", () => {
  const budget = panels.find(({ title }) => title === "Error budget left");
  expect(budget?.fieldConfig.defaults.thresholds?.steps).toMatchObject([
    { value: null, color: "red" },
    { value: 0, color: "orange" },
    { value: 0.25, color: "green" },
  ]);
});

describe("while little is recorded", () => {
  const ask = (title: string, values: readonly (readonly [requests: number, errors: number])[]): unknown => {
    const store = new SeriesStore();
    const append = (name: string, minute: number, value: number): void => {
      const labels = LabelSet.from([
        ["__name__", name],
        ["deployment_environment_name", "demo"],
        ["service_name", "shop"],
      ]);
      store.append(labels, minute * 60_000, value);
    };
    values.forEach(([requests, errors], minute) => {
      append("service:http_server_requests:rate5m", minute, requests);
      append("service:http_server_errors:rate5m", minute, errors);
      append("service:http_server_availability:objective", minute, 0.999);
      append("service:http_server_errors:burn_rate1h", minute, errors / requests / 0.001);
    });
    const [target] = panels.find((panel) => panel.title === title)?.targets ?? [];
    const query = (target?.expr ?? "").replaceAll("$__range", "1h").replace(/"\$\w+"/g, '".*"');
    const { result } = createPromqlEngine(store).query(query, values.length * 60_000) as {
      readonly result: readonly { readonly value: readonly [number, string] }[];
    };
    return result.map(({ value }) => Number(value[1]));
  };
  const minutes = (count: number, requests: number, errors: number): (readonly [number, number])[] =>
    Array.from({ length: count }, () => [requests, errors]);

  it.each(["Error budget left", "Availability", "Burning"])("%s shows nothing before any is", (title) => {
    expect(ask(title, [])).toEqual([]);
  });
  it.each(["Error budget left", "Availability"])(
    "%s shows nothing for minutes, or without requests",
    (title) => {
      expect(ask(title, minutes(4, 2, 0))).toEqual([]);
      expect(ask(title, minutes(9, 0, 0))).toEqual([]);
    },
  );
  it("they show what is, then", () => {
    expect(ask("Availability", minutes(5, 2, 0.5))).toEqual([0.75]);
    expect(ask("Error budget left", minutes(5, 2, 0))).toEqual([1]);
    expect(ask("Burning", minutes(2, 2, 0))).toEqual([0]);
    expect(ask("Burning", minutes(2, 2, 0.5))).toEqual([1]);
  });
});

// Rows merge where all that they share is equal, and a bare series brings its own name.
it("merges no table of series that keep their names", () => {
  const merged = panels.filter(({ transformations }) => transformations?.some(({ id }) => id === "merge"));
  const metricQueries = merged
    .flatMap(({ targets }) => targets)
    .filter(({ datasource }) => datasource.type === "prometheus")
    .map(({ expr }) => expr.replaceAll("$__range", "1h"));
  expect(metricQueries.length).toBeGreaterThan(5);
  expect(metricQueries.filter((query) => parsePromql(query).kind === "selector")).toEqual([]);
});
