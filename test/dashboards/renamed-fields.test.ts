import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type FieldName, fields } from "../../src/contract/fields.ts";
import { parse } from "../../src/logql/index.ts";
import { expandGlob, FieldTable, lintRuleFile } from "../../src/rules/index.ts";
import { logPanelQueries } from "../incidents/panels.ts";

const panels = logPanelQueries({ rangeMs: 3_600_000, stepMs: 60_000, written: { id: "4bf92f" } });
const ruleFiles = expandGlob("dashboards/alerts/loki/*.yml").map((path) => ({
  path,
  text: readFileSync(path, "utf8"),
}));
const contract = Object.keys(fields) as FieldName[];

describe("a field that panels or log rules name", () => {
  it("is one of the contract", () => {
    expect(panels.length).toBeGreaterThan(20);
    expect(unknownIn(new FieldTable())).toEqual([]);
  });

  it("is missed by name once the contract has renamed it", () => {
    const named = contract.filter((field) => unknownIn(new RenamedField(field)).length > 0);
    // What is read from lines in some panel or rule; labels of streams are in every selector, and pinned by it.
    expect(named).toEqual(
      expect.arrayContaining([
        "event_name",
        "outcome",
        "http_route",
        "duration_ms",
        "error_type",
        "log_output",
      ]),
    );
    for (const field of named) {
      for (const message of unknownIn(new RenamedField(field))) {
        expect(message).toContain(`no log line has the field ${field}`);
      }
    }
  });
});

describe("the dashboards do not compile", () => {
  it("once a field of the contract is renamed", () => {
    const output = compileWith("src/contract/fields.ts", /^ {2}outcome: /m, "  outcome_renamed: ");
    expect(output).toMatch(/TS\d+: Property 'outcome' does not exist/);
  });

  it("once a metric is renamed", () => {
    const output = compileWith(
      "src/metrics/names.ts",
      /v8js_heap_size_limit_bytes/g,
      "v8js_heap_limit_bytes",
    );
    expect(output).toMatch(/TS\d+: Argument of type '"v8js_heap_size_limit_bytes"' is not assignable/);
  });

  it("but do as they are", () => {
    expect(compileWith("src/contract/fields.ts", /$^/, "")).toBe("");
  });
});

/** The contract, with one of its fields under another name. */
class RenamedField extends FieldTable {
  readonly #field: string;

  constructor(field: FieldName) {
    super();
    this.#field = field;
  }

  override typeOf(name: string): ReturnType<FieldTable["typeOf"]> {
    return name === this.#field ? undefined : super.typeOf(name);
  }
}

/** What the lint of unknown fields says of every panel's query and of every rule. */
function unknownIn(table: FieldTable): string[] {
  const files = [...ruleFiles, { path: "dashboards/grafana", text: JSON.stringify(panelRules()) }];
  return files.flatMap(({ path, text }) =>
    lintRuleFile(text, path, { fields: table })
      .filter(({ code }) => code === "unknown-field")
      .map(({ where, message }) => `${path}: ${where}: ${message}`),
  );
}

/** The panels' queries as rules, since those are what is linted; a query for lines as a count of them. */
function panelRules(): object {
  const rules = panels.map(({ dashboard, panel, refId, expr }) => ({
    alert: `${dashboard}: ${panel} ${refId}`,
    expr: parse(expr).kind === "log" ? `count_over_time(${expr} [5m])` : expr,
  }));
  return { groups: [{ name: "panels", rules }] };
}

/** What the compiler says of the dashboards' sources after a change to a table that they take their names from. */
function compileWith(path: string, from: RegExp, to: string): string {
  const folder = mkdtempSync(join(tmpdir(), "taffrail-renamed-"));
  try {
    for (const part of [
      "src/contract/fields.ts",
      "src/metrics/names.ts",
      "dashboards/source",
      "tsconfig.json",
    ]) {
      cpSync(part, join(folder, part), { recursive: true });
    }
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    writeFileSync(join(folder, path), readFileSync(path, "utf8").replace(from, to));
    const compiler = resolve("node_modules/typescript/bin/tsc");
    return spawnSync(process.execPath, [compiler, "--noEmit"], { cwd: folder, encoding: "utf8" }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
