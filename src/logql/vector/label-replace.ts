import { expandTemplate } from "../regex/expand.ts";
import { compileRe2, type RegexMatch } from "../regex/re2.ts";
import type { LabelReplace } from "../syntax/ast.ts";
import type { Matrix, SeriesRow } from "./matrix.ts";

/** label_replace(): set a label from what a regular expression finds in another. */
export function replaceLabel(node: LabelReplace, input: Matrix): Matrix {
  const regex = compileRe2(node.regex, { anchored: true });
  const rows = input.rows.map((row): SeriesRow => {
    const found = regex.exec(row.labels.get(node.source) ?? "");
    return found
      ? { ...row, labels: row.labels.nonEmpty().with(node.destination, expand(node, found, regex.names)) }
      : row;
  });
  return { kind: "matrix", rows };
}

function expand(node: LabelReplace, found: RegexMatch, names: readonly (string | undefined)[]): string {
  return expandTemplate(node.replacement, found, names);
}
