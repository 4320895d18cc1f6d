import {
  compileRe2,
  expandTemplate,
  type LabelSet,
  type Matrix,
  type Re2,
  RegexSyntaxError,
} from "../../logql/parts.ts";
import { PromqlError } from "../errors.ts";
import { distinctRows } from "../vector/names.ts";

/** label_replace: set a label from what a regular expression finds in another. */
export function labelReplace(input: Matrix, texts: readonly string[]): Matrix {
  const [destination = "", replacement = "", source = "", pattern = ""] = texts;
  const regex = compile(pattern);
  checkLabelName(destination, "label_replace");
  return relabelled(input, (labels) => {
    const found = regex.exec(labels.get(source) ?? "");
    return found ? labels.with(destination, expandTemplate(replacement, found, regex.names)) : labels;
  });
}

/** label_join: set a label to the values of others, joined. */
export function labelJoin(
  input: Matrix,
  [destination = "", separator = "", ...sources]: readonly string[],
): Matrix {
  checkLabelName(destination, "label_join");
  return relabelled(input, (labels) =>
    labels.with(destination, sources.map((source) => labels.get(source) ?? "").join(separator)),
  );
}

function relabelled(input: Matrix, change: (labels: LabelSet) => LabelSet): Matrix {
  const rows = input.rows.map((row) => ({ ...row, labels: change(row.labels) }));
  return { kind: "matrix", rows: distinctRows(rows) };
}

function compile(pattern: string): Re2 {
  try {
    return compileRe2(pattern, { anchored: true, dotAll: true });
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    throw new PromqlError("execution", `invalid regular expression in label_replace(): ${pattern}`);
  }
}

// Since version 3 a label's name may be any text.
function checkLabelName(name: string, where: string): void {
  if (name === "")
    throw new PromqlError("execution", `invalid destination label name in ${where}(): ${name}`);
}
