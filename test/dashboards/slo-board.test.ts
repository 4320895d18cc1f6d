import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Dashboard } from "../../dashboards/source/model/model.ts";
import { parsePromql } from "../../src/promql/index.ts";
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
