import { emptyRow, LabelSet, type Matrix } from "../../logql/parts.ts";
import type { Expression, Matcher } from "../syntax/ast.ts";

/** absent and absent_over_time: 1 at the steps at which nothing is there, with the labels that a selector asks for. */
export function absentRow(node: Expression, presents: readonly Uint8Array[], steps: number): Matrix {
  const row = emptyRow(labelsOf(matchersOf(node)), steps);
  for (let step = 0; step < steps; step++) {
    if (presents.some((present) => present[step])) continue;
    row.values[step] = 1;
    row.present[step] = 1;
  }
  return { kind: "matrix", rows: row.present.includes(1) ? [row] : [] };
}

function matchersOf(node: Expression): readonly Matcher[] {
  if (node.kind === "selector") return node.matchers;
  return node.kind === "range" ? node.selector.matchers : [];
}

// A label that has another matcher, too, is left out.
function labelsOf(matchers: readonly Matcher[]): LabelSet {
  const asked = matchers.filter(({ name }) => name !== "__name__");
  const seen = new Set<string>();
  return asked.reduce((labels, { name, operator, value }) => {
    const sets = operator === "=" && !seen.has(name);
    if (sets) seen.add(name);
    return labels.with(name, sets ? value : "");
  }, LabelSet.empty);
}
