import { describe, expect, it } from "vitest";
import type { Field, Frame } from "../../../console/grafana/frame.ts";
import { applyTransformations } from "../../../console/grafana/transform/transform.ts";

type Columns = Readonly<Record<string, readonly unknown[]>>;

/** A frame of columns: of numbers and nulls a field of numbers, `time` of times. */
function frame(columns: Columns, refId = "A", labels?: Readonly<Record<string, string>>): Frame {
  const fields = Object.entries(columns).map(([name, values]): Field => {
    const isNumber = values.every((value) => typeof value === "number" || value === null);
    const type = name === "time" ? "time" : isNumber ? "number" : "string";
    return { name, type, values, ...(labels && type === "number" && { labels }) };
  });
  return { refId, fields };
}

function shown(frames: readonly Frame[]): Record<string, unknown>[] {
  return frames.map(({ fields }) =>
    Object.fromEntries(fields.map(({ name, values, config }) => [config?.displayName ?? name, values])),
  );
}

function run(id: string, options: object, ...frames: Frame[]): Record<string, unknown>[] {
  return shown(applyTransformations(frames, [{ id, options: { ...options } }]).frames);
}

const numbers = frame({ time: [1, 2, 3, 4], a: [1, null, -3, 4], b: [10, 20, 0, null] });

describe.each([
  "calculateField",
  "convertFieldType",
  "extractFields",
  "filterByValue",
  "filterFieldsByName",
  "groupBy",
  "joinByField",
  "labelsToFields",
  "limit",
  "merge",
  "organize",
  "reduce",
  "renameByRegex",
  "sortBy",
])("%s", (id) => {
  it("takes no frames, empty frames, and no options", () => {
    const empty = frame({});
    const rowless = frame({ time: [], Value: [] });
    for (const frames of [
      [],
      [empty],
      [rowless],
      [empty, rowless],
      [rowless, frame({ time: [1], Value: [2] })],
    ])
      expect(applyTransformations(frames, [{ id }]).unknown).toEqual([]);
  });

  it("leaves frames without the fields it names as they are long", () => {
    const options = {
      mode: "binary",
      binary: { left: "none", operator: "+", right: "1" },
      byField: "none",
      source: "none",
      fields: { none: { operation: "groupby" } },
      sort: [{ field: "none" }],
      filters: [{ fieldName: "none", config: { id: "greater", options: { value: 1 } } }],
      conversions: [{ targetField: "none", destinationType: "number" }],
      limitField: 100,
    };
    if (id === "reduce") return;
    const [result] = applyTransformations([numbers], [{ id, options }]).frames;
    expect(result?.fields[0]?.values).toEqual([1, 2, 3, 4]);
  });
});

describe("calculateField", () => {
  const calculated = (options: object, source = numbers): unknown =>
    Object.values(run("calculateField", { alias: "x", ...options }, source)[0] ?? {}).at(-1);

  it("reduces a row, over what is there", () => {
    expect(calculated({ mode: "reduceRow", reduce: { reducer: "sum" } })).toEqual([11, 20, -3, 4]);
    expect(calculated({ mode: "reduceRow", reduce: { reducer: "max", include: ["a"] } })).toEqual([
      1,
      NaN,
      -3,
      4,
    ]);
  });

  it("combines two fields, or a field and a number, however they are written", () => {
    expect(calculated({ mode: "binary", binary: { left: "a", operator: "*", right: "b" } })).toEqual([
      10,
      NaN,
      -0,
      NaN,
    ]);
    const left = { matcher: { id: "byName", options: "b" } };
    expect(calculated({ mode: "binary", binary: { left, operator: "/", right: { fixed: "10" } } })).toEqual([
      1,
      2,
      0,
      NaN,
    ]);
  });

  it("applies a function to a field", () => {
    expect(calculated({ mode: "unary", unary: { operator: "abs", fieldName: "a" } })).toEqual([1, NaN, 3, 4]);
    expect(
      run("calculateField", { mode: "unary", unary: { operator: "floor", fieldName: "b" } }, numbers)[0],
    ).toHaveProperty("floor(b)");
  });

  it("adds up from row to row", () => {
    expect(calculated({ mode: "cumulativeFunctions", cumulative: { field: "b", reducer: "sum" } })).toEqual([
      10, 30, 30, 30,
    ]);
    expect(calculated({ mode: "cumulativeFunctions", cumulative: { field: "b", reducer: "mean" } })).toEqual([
      10, 15, 10, 10,
    ]);
  });

  it("reckons over a window that trails or is centred", () => {
    const source = frame({ v: [1, 2, 3, 4, 5] });
    const window = { field: "v", reducer: "mean", windowSizeMode: "fixed", windowSize: 3 };
    const mode = "windowFunctions";
    expect(calculated({ mode, window: { ...window, windowAlignment: "trailing" } }, source)).toEqual([
      1, 1.5, 2, 3, 4,
    ]);
    expect(calculated({ mode, window: { ...window, windowAlignment: "centered" } }, source)).toEqual([
      1.5, 2, 3, 4, 4.5,
    ]);
    const share = { field: "v", reducer: "mean", windowSizeMode: "percentage", windowSize: 0.4 };
    expect(calculated({ mode, window: share }, source)).toEqual([1, 1.5, 2.5, 3.5, 4.5]);
  });

  it("numbers the rows, and can leave all but the times out", () => {
    expect(run("calculateField", { mode: "index", replaceFields: true }, numbers)).toEqual([
      { time: [1, 2, 3, 4], Row: [0, 1, 2, 3] },
    ]);
    expect(calculated({ mode: "index", index: { asPercentile: true } })).toEqual([0, 0.25, 0.5, 0.75]);
  });

  it("passes a mode over that it does not know", () => {
    expect(run("calculateField", { mode: "sorcery" }, numbers)).toEqual(shown([numbers]));
  });
});

describe("convertFieldType", () => {
  const converted = (values: readonly unknown[], destinationType: string): unknown =>
    run(
      "convertFieldType",
      { conversions: [{ targetField: "v", destinationType }] },
      frame({ v: values }),
    )[0]?.["v"];

  it("reads numbers, and nothing where there is none", () => {
    expect(converted(["1", "2.5", "", "n/a", null], "number")).toEqual([1, 2.5, null, null, null]);
  });

  it("reads times: dates, milliseconds, milliseconds as text", () => {
    expect(converted(["2026-11-25T00:00:00Z", "1795564800000", "soon"], "time")).toEqual([
      1_795_564_800_000,
      1_795_564_800_000,
      null,
    ]);
  });

  it("writes text", () => {
    expect(converted([1, null, { a: 1 }], "string")).toEqual(["1", "", '{"a":1}']);
  });
});

describe("extractFields", () => {
  const extracted = (values: readonly unknown[], options: object): Record<string, unknown> | undefined =>
    run("extractFields", { source: "v", replace: true, ...options }, frame({ v: values }))[0];

  it("reads JSON, and nothing of a line that is none", () => {
    expect(extracted(['{"a":1,"b":"x"}', "broken", '{"a":3}'], { format: "json" })).toEqual({
      a: [1, null, 3],
      b: ["x", "", ""],
    });
  });

  it("reads pairs with = and with :", () => {
    expect(extracted(['a=1 b="two words"', "a:3"], { format: "kvp" })).toEqual({
      a: ["1", "3"],
      b: ["two words", ""],
    });
  });

  it("reads the groups of a regular expression in every row, and takes a broken one", () => {
    expect(extracted(["x1", "x2"], { format: "regexp", regExp: "/x(?<n>\\d)/g" })).toEqual({ n: ["1", "2"] });
    expect(extracted(["x1"], { format: "regexp", regExp: "(" })).toEqual({});
  });

  it("follows paths", () => {
    const jsonPaths = [{ path: "a.b[1]", alias: "second" }, { path: "none" }];
    expect(extracted(['{"a":{"b":[1,2]}}'], { format: "json", jsonPaths })).toMatchObject({ second: [2] });
  });
});

describe("filterByValue", () => {
  const kept = (id: string, options: object, more: object = {}): unknown =>
    run("filterByValue", { filters: [{ fieldName: "v", config: { id, options } }], ...more }, values)[0]?.[
      "v"
    ];
  const values = frame({ v: [1, null, 5, 10] });

  it("takes nothing for neither small nor large", () => {
    expect(kept("lower", { value: 5 })).toEqual([1]);
    expect(kept("lowerOrEqual", { value: 5 })).toEqual([1, 5]);
    expect(kept("greaterOrEqual", { value: 5 })).toEqual([5, 10]);
    expect(kept("between", { from: 0, to: 5 })).toEqual([1, 5]);
    expect(kept("isNull", {})).toEqual([null]);
    expect(kept("isNotNull", {})).toEqual([1, 5, 10]);
    expect(kept("lower", { value: 5 }, { type: "exclude" })).toEqual([null, 5, 10]);
  });

  it("compares text, whole, in part and by a regular expression", () => {
    const filtered = (id: string, value: string): unknown =>
      run(
        "filterByValue",
        { filters: [{ fieldName: "v", config: { id, options: { value } } }] },
        frame({ v: ["Abc", "xyz"] }),
      )[0]?.["v"];
    expect(filtered("equal", "Abc")).toEqual(["Abc"]);
    expect(filtered("notEqual", "Abc")).toEqual(["xyz"]);
    expect(filtered("substring", "B")).toEqual(["Abc"]);
    expect(filtered("notSubstring", "B")).toEqual(["xyz"]);
    expect(filtered("regex", "^x")).toEqual(["xyz"]);
    expect(filtered("regex", "(")).toEqual([]);
  });

  it("keeps everything where there is no condition, and frames that lack the field", () => {
    expect(run("filterByValue", { filters: [] }, values)).toEqual(shown([values]));
    const filters = [{ fieldName: "v", config: { id: "greater", options: { value: 4 } } }];
    expect(run("filterByValue", { filters }, values, frame({ w: [1, 2] }, "B"))).toEqual([
      { v: [5, 10] },
      { w: [1, 2] },
    ]);
  });

  it("asks for all conditions, or any", () => {
    const filters = [
      { fieldName: "a", config: { id: "greater", options: { value: 0 } } },
      { fieldName: "b", config: { id: "greater", options: { value: 0 } } },
    ];
    expect(run("filterByValue", { filters, match: "all" }, numbers)[0]?.["time"]).toEqual([1]);
    expect(run("filterByValue", { filters, match: "any" }, numbers)[0]?.["time"]).toEqual([1, 2, 4]);
  });
});

describe("names", () => {
  it("filterFieldsByName includes, excludes, and with nothing chosen leaves all", () => {
    expect(run("filterFieldsByName", { include: { names: ["a"] } }, numbers)).toEqual([
      { a: [1, null, -3, 4] },
    ]);
    expect(
      Object.keys(run("filterFieldsByName", { include: { pattern: "/^[ab]$/" } }, numbers)[0] ?? {}),
    ).toEqual(["a", "b"]);
    expect(Object.keys(run("filterFieldsByName", { exclude: { pattern: "^t" } }, numbers)[0] ?? {})).toEqual([
      "a",
      "b",
    ]);
    for (const include of [{}, { names: [] }, { pattern: "" }])
      expect(run("filterFieldsByName", { include }, numbers)).toEqual(shown([numbers]));
  });

  it("renameByRegex renames every field that matches, with groups, also with the flag g", () => {
    const source = frame({ cpu_a: [1], cpu_b: [2], cpu_c: [3], mem: [4] });
    expect(run("renameByRegex", { regex: "/cpu_(.)/g", renamePattern: "$1" }, source)).toEqual([
      { a: [1], b: [2], c: [3], mem: [4] },
    ]);
    expect(run("renameByRegex", { regex: "(", renamePattern: "x" }, source)).toEqual(shown([source]));
  });

  it("organize orders by index, and an includeByName leaves the rest out", () => {
    const options = {
      indexByName: { b: 0, a: 1 },
      includeByName: { a: true, b: true },
      renameByName: { a: "A" },
    };
    expect(Object.keys(run("organize", options, numbers)[0] ?? {})).toEqual(["b", "A"]);
  });
});

describe("groupBy", () => {
  const source = frame({ k: ["x", "y", "x"], v: [null, 2, 6] });
  const fields = (aggregations: readonly string[]): object => ({
    fields: { k: { operation: "groupby" }, v: { operation: "aggregate", aggregations } },
  });

  it("names a column by the field and the calculation's id", () => {
    expect(
      run("groupBy", fields(["sum", "mean", "lastNotNull", "firstNotNull", "first", "count"]), source),
    ).toEqual([
      {
        k: ["x", "y"],
        "v (sum)": [6, 2],
        "v (mean)": [6, 2],
        "v (lastNotNull)": [6, 2],
        "v (firstNotNull)": [6, 2],
        "v (first)": [null, 2],
        "v (count)": [2, 1],
      },
    ]);
  });

  it("leaves a field out that is neither grouped by nor aggregated", () => {
    const options = { fields: { k: { operation: "groupby" } } };
    expect(run("groupBy", options, source)).toEqual([{ k: ["x", "y"] }]);
  });
});

describe("joinByField", () => {
  const left = frame({ time: [3, 1], l: [30, 10] });
  const right = frame({ time: [1, 2], r: [100, 200] }, "B");

  it("keeps every value of the field, in order of time, and null where a frame lacks it", () => {
    expect(run("joinByField", {}, left, right)).toEqual([
      { time: [1, 2, 3], l: [10, null, 30], r: [100, 200, null] },
    ]);
  });

  it("inner keeps what all have", () => {
    expect(run("joinByField", { byField: "time", mode: "inner" }, left, right)).toEqual([
      { time: [1], l: [10], r: [100] },
    ]);
  });

  it("gives a row for each of the rows that share a value, where it joins tables", () => {
    const users = frame({ id: ["a", "b"], name: ["Ada", "Bob"] });
    const orders = frame({ id: ["a", "a", "c"], n: [1, 2, 3] }, "B");
    expect(run("joinByField", { byField: "id", mode: "inner" }, users, orders)).toEqual([
      { id: ["a", "a"], name: ["Ada", "Ada"], n: [1, 2] },
    ]);
    expect(run("joinByField", { byField: "id", mode: "outerTabular" }, users, orders)).toEqual([
      { id: ["a", "a", "b", "c"], name: ["Ada", "Ada", "Bob", null], n: [1, 2, null, 3] },
    ]);
  });
});

describe("rows", () => {
  it("sortBy puts what is missing last, up and down, and text in its order", () => {
    expect(run("sortBy", { sort: [{ field: "b" }] }, numbers)[0]?.["b"]).toEqual([0, 10, 20, null]);
    expect(run("sortBy", { sort: [{ field: "b", desc: true }] }, numbers)[0]?.["b"]).toEqual([
      20,
      10,
      0,
      null,
    ]);
    const text = frame({ v: ["r10", "r9", "r1"] });
    expect(run("sortBy", { sort: [{ field: "v" }] }, text)[0]?.["v"]).toEqual(["r1", "r9", "r10"]);
  });

  it("limit takes text, more than there is, none, and passes over what is no number", () => {
    const count = (limitField: unknown): unknown =>
      (run("limit", { limitField }, numbers)[0]?.["time"] as undefined | [])?.length;
    expect([2, "3", 99, 0, "$none", -1].map(count)).toEqual([2, 3, 4, 0, 4, 4]);
  });

  it("merge makes one row of rows that share their columns, of several frames", () => {
    const a = frame({ host: ["x", "y"], cpu: [1, 2] });
    const b = frame({ host: ["y", "z"], mem: [20, 30] }, "B");
    expect(run("merge", {}, a, b)).toEqual([
      { host: ["x", "y", "z"], cpu: [1, 2, null], mem: [null, 20, 30] },
    ]);
  });
});

describe("labels and series", () => {
  const get = frame({ time: [1, 2], Value: [5, null] }, "A", { method: "GET", code: "200" });
  const post = frame({ time: [1, 2], Value: [7, 8] }, "A", { method: "POST", code: "200" });

  it("labelsToFields makes columns of labels, only of those to keep, or names the value by one", () => {
    expect(run("labelsToFields", { keepLabels: ["method"] }, get, post)).toEqual([
      { time: [1, 2, 1, 2], method: ["GET", "GET", "POST", "POST"], Value: [5, null, 7, 8] },
    ]);
    expect(run("labelsToFields", { valueLabel: "method", keepLabels: [] }, get, post)).toEqual([
      { time: [1, 2], GET: [5, null], POST: [7, 8] },
    ]);
    expect(run("labelsToFields", { mode: "rows" }, get)).toEqual([
      { label: ["method", "code"], value: ["GET", "200"] },
    ]);
  });

  it("reduce gives a row a series, headed as the calculation is called", () => {
    const options = { reducers: ["lastNotNull", "sum", "max"], labelsToFields: true };
    expect(run("reduce", options, get, post)).toEqual([
      {
        Field: ['{method="GET", code="200"}', '{method="POST", code="200"}'],
        method: ["GET", "POST"],
        code: ["200", "200"],
        "Last *": [5, 8],
        Total: [5, 15],
        Max: [5, 8],
      },
    ]);
    expect(run("reduce", { mode: "reduceFields", reducers: ["max"] }, get)).toEqual([{ Value: [5] }]);
  });

  it("calculates the spread, the change and what is above zero", () => {
    const source = frame({ v: [2, 0, 4, 6] });
    const reducers = ["variance", "stdDev", "delta", "diff", "diffperc", "logmin", "range", "median", "p75"];
    const [row = {}] = run("reduce", { reducers }, source);
    expect(Object.values(row).slice(1)).toEqual([[5], [Math.sqrt(5)], [6], [4], [2], [2], [6], [3], [4.5]]);
  });
});

it("a transformation that is for one query leaves the others alone", () => {
  const frames = [frame({ v: [1, 2, 3] }, "A"), frame({ v: [4, 5, 6] }, "B")];
  const filtered = (options: string): unknown =>
    shown(
      applyTransformations(frames, [
        { id: "limit", options: { limitField: 1 }, filter: { id: "byRefId", options } },
      ]).frames,
    );
  expect(filtered("B")).toEqual([{ v: [4] }, { v: [1, 2, 3] }]);
  expect(filtered("/^(?:A|B)$/")).toEqual([{ v: [1] }, { v: [4] }]);
});

it("names of members of every object are no transformations", () => {
  expect(applyTransformations([numbers], [{ id: "constructor" }, { id: "toString" }])).toEqual({
    frames: [numbers],
    unknown: ["constructor", "toString"],
  });
});
