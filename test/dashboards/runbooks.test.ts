import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/logql/index.ts";
import { expandGlob, lintRuleFile, parseRuleFile } from "../../src/rules/index.ts";

const folder = "dashboards/runbooks";
const pages = readdirSync(folder).map((name) => basename(name, ".md"));
const rules = ["loki", "prometheus"]
  .flatMap((room) => expandGlob(`dashboards/alerts/${room}/*.yml`))
  .flatMap((path) => parseRuleFile(readFileSync(path, "utf8"), path).file.groups)
  .flatMap((group) => group.rules)
  .filter((rule) => rule.kind === "alert");
const logAlerts = rules.filter(({ file }) => file.includes("/loki/")).map(({ name }) => name);

describe("the runbooks", () => {
  it("are one page for every alert, and no page more", () => {
    expect(pages.sort()).toEqual([...new Set(rules.map(({ name }) => name))].sort());
  });

  it.each(rules)("$name links to its own page, which is headed by its name", ({ name, annotations }) => {
    expect(annotations["runbook_url"]).toBe(`http://127.0.0.1:3000/public/runbooks/${name}.md`);
    expect(read(name).split("\n")[0]).toBe(`# ${name}`);
  });

  it.each(logAlerts)("%s has a query, and its queries parse and name fields of the contract", (name) => {
    const queries = [...read(name).matchAll(/```logql\n([\s\S]+?)```/g)].map(([, query = ""]) => query);
    expect(queries.length).toBeGreaterThan(0);
    for (const query of queries) {
      expect(() => parse(query)).not.toThrow();
      expect(findings(query, name).filter(({ code }) => code === "unknown-field")).toEqual([]);
    }
  });

  it("link to each other's pages only", () => {
    const linked = pages.flatMap((page) => [...read(page).matchAll(/\]\((\w+)\.md\)/g)].map(([, to]) => to));
    expect(linked.filter((to) => !pages.includes(String(to)))).toEqual([]);
  });
});

/** What the lints say of a query: in a rule, as a sample of lines where it gives lines. */
function findings(query: string, name: string): ReturnType<typeof lintRuleFile> {
  const expr = parse(query).kind === "log" ? `count_over_time(${query.trim()} [5m])` : query.trim();
  const rule = { groups: [{ name: "runbooks", rules: [{ alert: name, expr }] }] };
  return lintRuleFile(JSON.stringify(rule), `${folder}/${name}.md`);
}

function read(name: string): string {
  return readFileSync(`${folder}/${name}.md`, "utf8");
}
