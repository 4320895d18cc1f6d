import { describe, expect, it } from "vitest";
import { FieldTable, type Finding, lintRuleFile, lints } from "../../src/rules/index.ts";

function ruleFile(...rules: readonly string[]): string {
  const items = rules.map((rule) => rule.replace(/^/gm, "      ").replace(/^ {6}/, "    - "));
  return ["groups:", "  - name: shop", "    rules:", ...items, ""].join("\n");
}

function lint(text: string, own: readonly (readonly [string, "string" | "number"])[] = []): Finding[] {
  const tests = new Map([["Tested", { firing: true, silent: true }]]);
  return lintRuleFile(text, "rules.yml", { fields: new FieldTable(new Map(own)), tests });
}

function codes(text: string): string[] {
  return lint(text).map(({ code }) => code);
}

describe("every lint", () => {
  it.each(lints)("$code finds the fault of its example, and nothing in the example without it", (one) => {
    expect(codes(ruleFile(one.bad))).toContain(one.code);
    expect(codes(ruleFile(one.good))).not.toContain(one.code);
  });

  it("is named by a code of its own, in words", () => {
    expect(new Set(lints.map(({ code }) => code)).size).toBe(lints.length);
    for (const { code } of lints) expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)+$/);
  });
});

const counting = (pipeline: string, grouping = ""): string =>
  `alert: Tested\nexpr: sum ${grouping} (count_over_time({service_name="shop"} ${pipeline} [5m])) > 1\nannotations: {runbook_url: x}`;

describe("what is found", () => {
  it("an unknown field comes with the nearest known one, and the line it stands on", () => {
    const rule =
      'alert: Tested\nannotations: {runbook_url: x}\nexpr: |\n  sum(count_over_time(\n    {service_name="shop"} | json | http_respons_status_code >= 500 | __error__=""\n  [5m])) > 1';
    expect(lint(ruleFile(rule))).toEqual([
      {
        code: "unknown-field",
        severity: "error",
        file: "rules.yml",
        line: 8,
        where: 'group "shop", rule "Tested"',
        message:
          "no log line has the field http_respons_status_code; did you mean http_response_status_code?",
      },
    ]);
  });

  it("an unknown field like no known one comes with the way to declare it", () => {
    const [found] = lint(ruleFile(counting('| json | xylophone > 4 | __error__=""')));
    expect(found?.message).toBe(
      "no log line has the field xylophone; declare one of your own with --field xylophone:TYPE",
    );
  });

  it("what is absent bears the labels that the selector states, once each", () => {
    const absent = (selector: string): string[] =>
      codes(
        ruleFile(
          `alert: Tested\nexpr: absent_over_time(${selector} [5m])\nannotations: {runbook_url: x, summary: "{{ $labels.service_name }}"}`,
        ),
      );
    expect(absent('{service_name="shop"} |= "beat"')).toEqual([]);
    expect(absent('{service_name=~"shop.*"}')).toEqual(["unknown-template-label"]);
    expect(absent('{service_name="a",service_name="b"}')).toEqual(["unknown-template-label"]);
  });

  it("an unknown field that a parser is asked for by name is unknown there too, under whatever name it is kept", () => {
    const misspelt = ruleFile(counting('| json http_rout | __error__=""', "by (http_rout)"));
    const kept = ruleFile(counting('| json route="http_rout" | __error__=""', "by (route)"));
    const nested = ruleFile(counting('| json first="cart.items[0]" | __error__=""', "by (first)"));
    expect([misspelt, kept, nested].map((text) => lint(text).map(({ message }) => message))).toEqual([
      ["no log line has the field http_rout; did you mean http_route?"],
      ["no log line has the field http_rout; did you mean http_route?"],
      [],
    ]);
  });

  it("fields of the user's own are known once declared, with their type", () => {
    const rule = ruleFile(counting('| json | cart_total > 5 | __error__=""', "by (tenant)"));
    expect(codes(rule)).toEqual(["unknown-field", "unknown-field"]);
    expect(
      lint(rule, [
        ["cart_total", "number"],
        ["tenant", "string"],
      ]),
    ).toEqual([]);
    expect(
      lint(rule, [
        ["cart_total", "string"],
        ["tenant", "string"],
      ]).map(({ code }) => code),
    ).toEqual(["numeric-filter-on-string"]);
  });

  it("names that the rule's own stages make are known", () => {
    expect(codes(ruleFile(counting('| regexp "took (?P<took>[0-9]+)" | took > 5 | __error__=""')))).toEqual(
      [],
    );
    expect(codes(ruleFile(counting('| json first="items[0]" | __error__="" | first="x"')))).toEqual([]);
  });

  it.each([
    ['| json | __error__="" | duration_ms > 5', ["parse-errors-unhandled"]],
    ['| json | duration_ms > 5 | __error__=""', []],
    ["| json | drop __error__", []],
    ['| json | __error__!="JSONParserErr"', []],
    ['|= "error"', []],
    ["| logfmt", []],
  ])("errors are handled after the last stage that can fail: %s", (pipeline, expected) => {
    expect(codes(ruleFile(counting(pipeline)))).toEqual(expected);
  });

  it.each([
    ["^a|b$", ["unanchored-label-regex"]],
    ["^(?:a|b)$", []],
    [".*a.*", []],
    ["a\\\\$", ["unanchored-label-regex"]],
    [".+", []],
    ["^[a|b]$", []],
  ])("a regular expression is anchored on both sides or says that it is not: %s", (pattern, expected) => {
    expect(codes(ruleFile(counting(`| json | level=~"${pattern}" | __error__=""`)))).toEqual(expected);
  });

  it.each([
    ["sum by (url_path) (X)", ["many-series"]],
    ["topk(5, sum by (url_path) (X))", []],
    ["count(sum by (url_path) (X))", []],
    ["X", ["no-grouping-after-parser"]],
    ["sum without (level) (X)", ["no-grouping-after-parser"]],
    ["sum(X)", []],
    ["sum by (level) (X) / on (level) sum by (level, url_path) (X)", []],
  ])("the labels of the result decide: %s", (shape, expected) => {
    const expr = `${shape.replaceAll("X", 'count_over_time({service_name="shop"} | json | __error__="" [5m])')} > 1`;
    expect(codes(ruleFile(`alert: Tested\nexpr: ${expr}\nannotations: {runbook_url: x}`))).toEqual(expected);
  });

  it("a template's label comes from the sample, not from the rule's labels", () => {
    const rule = `${counting('|= "x"', "by (http_route)")}\nlabels: {severity: page, team: "{{ $labels.level }}"}`;
    expect(lint(ruleFile(rule)).map(({ message }) => message)).toEqual([
      "team prints $labels.level; the expression gives http_route",
    ]);
  });

  it("a file that is not valid gives findings, not an exception", () => {
    expect(codes("groups: 5")).toEqual(["invalid-rule"]);
    expect(codes("groups: [")).toEqual(["invalid-rule"]);
    expect(codes(ruleFile('alert: A\nexpr: sum(rate({a="b"}[5x]))'))).toEqual(["invalid-rule"]);
  });

  it("rules in PromQL get only what needs no expression", () => {
    expect(codes(ruleFile('alert: A\nexpr: rate(http_requests_total{code=~"5.."}[5m]) > 1'))).toEqual([
      "untested-rule",
      "missing-runbook",
    ]);
  });
});

describe("silencing", () => {
  const bad = counting('|= "x"', "by (url_path)");
  const comment = (text: string): string =>
    ruleFile(bad).replace("    - alert", `    # ${text}\n    - alert`);

  it("takes a comment above the rule, or inside it, with a reason", () => {
    expect(codes(ruleFile(bad))).toEqual(["many-series"]);
    expect(codes(comment("taffrail-ignore many-series: there are four paths"))).toEqual([]);
    expect(
      codes(
        ruleFile(bad.replace("\nannotations", "  # taffrail-ignore many-series: four paths\nannotations")),
      ),
    ).toEqual([]);
  });

  it("silences a whole file with -file", () => {
    const text = ruleFile(bad, bad.replace("Tested", "Other"));
    expect(codes(`# taffrail-ignore-file many-series, untested-rule: a sketch\n${text}`)).toEqual([]);
  });

  it("is not heeded without a reason", () => {
    expect(codes(comment("taffrail-ignore many-series")).sort()).toEqual([
      "ignore-without-reason",
      "many-series",
    ]);
  });

  it("is itself found when it silences nothing, or names no lint", () => {
    expect(
      lint(comment("taffrail-ignore unknown-field, nonsense: why not")).map(({ message }) => message),
    ).toEqual([
      "unknown-field finds nothing here",
      "there is no lint nonsense",
      expect.stringContaining("url_path"),
    ]);
  });

  it("does not reach the rule before", () => {
    const text = ruleFile(bad, bad.replace("Tested", "Tested")).replace(
      /( {4}- alert[^#]*)( {4}- alert)/,
      "$1    # taffrail-ignore many-series: known\n$2",
    );
    expect(codes(text)).toEqual(["many-series"]);
  });
});
