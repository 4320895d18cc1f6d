import type { Finding } from "./finding.ts";

/** A report for people: a line for each finding, and the sum. */
export function checkText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ part }) => part.length));
  const words = { ok: "ok     ", failed: "FAILED ", skipped: "skipped" };
  const lines = findings.map(
    ({ part, what, state, detail }) => `${words[state]}  ${part.padEnd(width)}  ${what}: ${detail}\n`,
  );
  const count = (state: Finding["state"]): number =>
    findings.filter((finding) => finding.state === state).length;
  const skipped = count("skipped") > 0 ? `, ${count("skipped")} skipped` : "";
  return `${lines.join("")}\n${count("ok")} ok, ${count("failed")} failed${skipped}\n`;
}
