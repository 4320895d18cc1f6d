import { describe, expect, it } from "vitest";
import type { Frame } from "../../../console/grafana/frame.ts";
import { applyTransformations } from "../../../console/grafana/transform/transform.ts";

/** Errors by route and type, as a table panel gets them of Loki. */
const errors: Frame = {
  refId: "A",
  fields: [
    { name: "http_route", type: "string", values: ["/pay", "/cart", "/pay"] },
    { name: "error_type", type: "string", values: ["TypeError", "TypeError", "TimeoutError"] },
    { name: "Value", type: "number", values: [3, 5, 40] },
  ],
};

function table(id: string, options: Readonly<Record<string, unknown>>): Record<string, readonly unknown[]> {
  const { frames, unknown } = applyTransformations([errors], [{ id, options }]);
  expect(unknown).toEqual([]);
  return Object.fromEntries((frames[0]?.fields ?? []).map(({ name, values }) => [name, values]));
}

describe("transformations", () => {
  it("organize leaves columns out, orders and renames them", () => {
    const options = {
      excludeByName: { error_type: true },
      indexByName: { Value: 0, http_route: 1 },
      renameByName: { Value: "Errors" },
    };
    const result = table("organize", options);
    expect(result["error_type"]).toBeUndefined();
    expect(Object.values(result)).toEqual([
      [3, 5, 40],
      ["/pay", "/cart", "/pay"],
    ]);
  });

  it("limit keeps the first rows", () => {
    expect(table("limit", { limitField: 2 })["Value"]).toEqual([3, 5]);
  });

  it("sortBy puts the largest first", () => {
    expect(table("sortBy", { sort: [{ field: "Value", desc: true }] })["http_route"]).toEqual([
      "/pay",
      "/cart",
      "/pay",
    ]);
    expect(table("sortBy", { sort: [{ field: "Value", desc: true }] })["Value"]).toEqual([40, 5, 3]);
  });

  it("groupBy adds up what belongs to one route", () => {
    const fields = {
      http_route: { operation: "groupby", aggregations: [] },
      Value: { operation: "aggregate", aggregations: ["sum"] },
    };
    const result = table("groupBy", { fields });
    expect(result["http_route"]).toEqual(["/pay", "/cart"]);
    expect(Object.values(result)[1]).toEqual([43, 5]);
  });

  it("filterByValue keeps the rows that match", () => {
    const filters = [{ fieldName: "Value", config: { id: "greater", options: { value: 4 } } }];
    expect(table("filterByValue", { type: "include", match: "any", filters })["Value"]).toEqual([5, 40]);
  });
});
