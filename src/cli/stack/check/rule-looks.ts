import { askJson } from "../ask.ts";
import { listAt, textAt } from "../shape.ts";
import type { Look, Seen } from "./finding.ts";

export interface RuleLooksOptions {
  readonly part: "Loki" | "Prometheus";
  readonly url: URL;
  /** Where the rules are asked for. */
  readonly path: string;
  /** Names of alerts and recorded series that must be there. */
  readonly expected: readonly string[];
}

/** Whether an engine has its rules, and can evaluate each. */
export function ruleLook({ part, url, path, expected }: RuleLooksOptions): Look {
  return {
    part,
    what: "rules are loaded and healthy",
    run: async () =>
      seen(
        listAt(await askJson(url, path), "data", "groups").flatMap((group) => listAt(group, "rules")),
        expected,
      ),
  };
}

function seen(rules: readonly unknown[], expected: readonly string[]): Seen {
  const names = new Set(rules.map((rule) => textAt(rule, "name")));
  const unhealthy = rules.filter((rule) => textAt(rule, "health") === "err");
  const unknown = rules.filter((rule) => textAt(rule, "health") === "unknown");
  return {
    detail: `${rules.length} rules${unknown.length > 0 ? `, ${unknown.length} not evaluated yet` : ""}`,
    problems: [
      ...(rules.length === 0 ? ["no rule is loaded"] : []),
      ...expected.filter((name) => !names.has(name)).map((name) => `${name} is not loaded`),
      ...unhealthy.map(
        (rule) => `${textAt(rule, "name")} can't be evaluated: ${textAt(rule, "lastError").slice(0, 200)}`,
      ),
    ],
  };
}
