import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { breakingChanges } from "../../src/contract/compatibility.ts";
import { events, fields } from "../../src/contract/fields.ts";
import { fieldsPage } from "../../src/contract/fields-page.ts";
import { type LogSchema, logSchema } from "../../src/contract/json-schema.ts";

const released = JSON.parse(readFileSync("dashboards/log-schema.released.json", "utf8")) as LogSchema;

describe("the contract", () => {
  it("only grows since the last release", () => {
    expect(breakingChanges(released, logSchema())).toEqual([]);
  });

  it("is what was committed as its JSON Schema", () => {
    expect(JSON.parse(readFileSync("dashboards/log-schema.json", "utf8"))).toEqual(logSchema());
  });

  it("names every field and event on its page", () => {
    for (const name of [...Object.keys(fields), ...Object.keys(events)])
      expect(fieldsPage()).toContain(`\`${name}\``);
  });

  it("has flat, snake_case names", () => {
    for (const name of Object.keys(fields)) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  });
});

describe("a change of the contract", () => {
  const { msg, outcome, trace_id: traceId, time, ...others } = released.properties;

  it("may add a field", () => {
    const more = {
      ...released,
      properties: { ...released.properties, tenant: { type: "string", description: "" } },
    } as const;
    expect(breakingChanges(released, more)).toEqual([]);
  });

  it("may not rename one", () => {
    const renamed = {
      ...released,
      properties: { ...others, message: msg, outcome, trace_id: traceId, time },
    } as LogSchema;
    expect(breakingChanges(released, renamed)).toEqual(["msg: removed or renamed"]);
  });

  it("may not change a type, a pattern, a format, the values or what stands on every line", () => {
    const changed = {
      ...released,
      required: released.required.filter((name) => name !== "level"),
      properties: {
        ...released.properties,
        msg: { ...msg, type: "number" },
        trace_id: { ...traceId, pattern: "^.*$" },
        time: { ...time, format: "date" },
        outcome: { ...outcome, enum: ["ok", "failed"] },
      },
    } as LogSchema;
    expect(breakingChanges(released, changed).sort()).toEqual([
      "level: stood on every line, now may be absent",
      "msg: type changed from string to number",
      "outcome: allowed values changed",
      "time: format changed",
      "trace_id: pattern changed",
    ]);
  });
});
