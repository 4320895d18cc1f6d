import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createEngine, LogStore } from "../../src/logql/index.ts";
import { logqlQuery } from "../../src/rules/index.ts";
import { expandAlertTemplate, templateProblem } from "../../src/rules/template/alert-template.ts";

interface Golden {
  readonly recordedWith: string;
  readonly invalid: readonly { readonly template: string; readonly error: string }[];
  readonly cases: readonly { readonly template: string; readonly value: string; readonly output: string }[];
}

const path = new URL("./golden/templates.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(path, "utf8"));

const store = new LogStore();
store.push(
  ["0", "1", "2"].map((name) => ({
    stream: { case: name, job: "shop", instance: "web-1.example:8080", __name__: "up" },
    values: [["59000000000", `{"v":${name === "0" ? 1234567.5 : 1}}`] as const],
  })),
);
const engine = createEngine(store);

// The recorded templates query metrics; the same series come from the lines above.
function inLogql(template: string): string {
  return template
    .replace(/query "up(\{[^}]*\})"/g, 'query "last_over_time($1 | json | unwrap v [1m])"')
    .replace(/query "nope"/g, 'query "count_over_time({job=\\"nope\\"}[1m])"');
}

function expand(template: string, value: string, index: number): string {
  const labels = { __name__: "up", case: String(index), job: "shop", instance: "web-1.example:8080" };
  if (!Number.isFinite(numberOf(value))) Reflect.deleteProperty(labels, "__name__");
  return expandAlertTemplate(`[${inLogql(template)}]`, {
    query: logqlQuery(engine),
    labels,
    value: numberOf(value),
    nowMs: 60_000,
    limit: 0,
    queryOffsetMs: 0,
    externalLabels: { cluster: "eu" },
    externalUrl: "",
  });
}

function numberOf(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}

const failed = "<error expanding template: ";

describe(`templates print as ${golden.recordedWith} prints them`, () => {
  golden.cases.forEach(({ template, value, output }, i) => {
    it(`${template} of ${value}`, () => {
      const got = expand(template, value, i);
      if (output.includes(failed)) expect(got).toContain(failed);
      else expect(got).toBe(output);
    });
  });
});

describe("templates that Prometheus refuses are refused", () => {
  it.each(golden.invalid)("$template", ({ template }) => {
    expect(templateProblem(template)).toBeTypeOf("string");
  });
});
