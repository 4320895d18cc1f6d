import { fileFindings, lints } from "./lints.ts";

/** Derive the text of docs/lints.md from the lints. */
export function lintsPage(): string {
  return [
    "# Lints",
    "",
    "`taffrail lint FILES…` reads rule files and says what is likely wrong with them, without a Loki and without data.",
    "Each lint has a code. This page is generated from `src/rules/lint/` by `npm run generate`.",
    "",
    "| code | severity | finds |",
    "|---|---|---|",
    ...lints.map(({ code, severity, summary }) => `| [\`${code}\`](#${code}) | ${severity} | ${summary} |`),
    ...Object.entries(fileFindings).map(([code, summary]) => `| \`${code}\` | | ${summary} |`),
    "",
    "Rules in PromQL get the lints that need no expression: `untested-rule` and `missing-runbook`.",
    "",
    "## Silencing one",
    "",
    "A comment above a rule or inside it silences a lint for that rule; with `-file`, for the whole file. It needs a",
    "reason, and one that silences nothing is itself a finding.",
    "",
    "```yaml",
    "# taffrail-ignore many-series: at most 40 clients send with their own token",
    "- alert: NoisyClient",
    '  expr: sum by (client_address) (count_over_time({service_name="shop"} |= "429" [5m])) > 100',
    "```",
    "",
    ...lints.flatMap(({ code, severity, summary, explanation, bad, good }) => [
      `## ${code}`,
      "",
      `${summary} (${severity})`,
      "",
      explanation,
      "",
      ...example("Found in", bad),
      ...(code === "untested-rule" ? [] : example("Not found in", good)),
    ]),
  ].join("\n");
}

function example(title: string, rule: string): string[] {
  const lines = rule.split("\n").map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`));
  return [`${title}:`, "", "```yaml", ...lines, "```", ""];
}
