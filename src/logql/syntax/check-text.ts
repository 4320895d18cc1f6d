import { errorLabel } from "../labels/entry.ts";
import { parseJsonPath } from "../stages/json-path.ts";
import { parsePattern, patternProblem } from "../stages/pattern-expression.ts";
import { TemplateSyntaxError } from "../template/nodes.ts";
import { compileTemplate } from "../template/template.ts";
import type { JsonStage, LabelFormatStage, LogfmtStage, TextStage } from "./ast.ts";
import { checkRegex } from "./check-regex.ts";
import type { Cursor } from "./cursor.ts";
import { unquote } from "./quoted.ts";

/** Check the text of regexp, pattern and line_format. */
export function checkText(stage: TextStage, cursor: Cursor): void {
  if (stage.kind === "line_format") {
    checkTemplate(stage.text, { offset: stage.textOffset, cursor });
    return;
  }
  const problem =
    stage.kind === "pattern" ? patternProblem(parsePattern(stage.text)) : regexpProblem(stage, cursor);
  if (problem) throw cursor.error(`invalid ${stage.kind} parser: ${problem}`, stage.textOffset);
}

/** Check the paths of json and the keys of logfmt. */
export function checkExtractions(stage: JsonStage | LogfmtStage, cursor: Cursor): void {
  for (const { expression, offset } of stage.extractions) {
    const valid = stage.kind === "json" ? parseJsonPath(expression) : isLogfmtKey(expression);
    if (!valid) throw cursor.error(`cannot parse expression [${expression}]`, offset);
  }
}

/** Check that no label is formatted twice, nor an error, and every template. */
export function checkLabelFormat(stage: LabelFormatStage, cursor: Cursor): void {
  const seen = new Set<string>();
  for (const { name, value, offset } of stage.formats) {
    if (name === errorLabel) throw cursor.error(`${errorLabel} cannot be formatted`, offset);
    if (seen.has(name)) {
      throw cursor.error(`multiple label name '${name}' not allowed in a single format operation`, offset);
    }
    seen.add(name);
    if (value.kind === "template") checkTemplate(value.text, { offset: value.offset, cursor });
  }
}

function checkTemplate(text: string, place: { readonly offset: number; readonly cursor: Cursor }): void {
  try {
    compileTemplate(text);
  } catch (error) {
    if (error instanceof TemplateSyntaxError) {
      throw place.cursor.error(`invalid template: ${error.message}`, place.offset);
    }
    throw error;
  }
}

function regexpProblem(stage: TextStage, cursor: Cursor): string | undefined {
  const { names } = checkRegex(stage.text, { offset: stage.textOffset, cursor });
  const named = names.some((name) => name !== undefined);
  return named ? undefined : "at least one named capture must be supplied";
}

function isLogfmtKey(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) || unquote(text) !== undefined;
}
