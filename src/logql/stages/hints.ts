import { type Entry, errorLabel } from "../labels/entry.ts";
import type { LabelFilter, LabelFormat, Stage } from "../syntax/ast.ts";
import { requiredFields } from "../template/template.ts";

/**
 * What a parser has to find: every label, or only these. With an empty set nothing is parsed at all, and with a set
 * parsing stops once all are found, so that an error after that point is never seen.
 */
export interface ParserHints {
  readonly required: ReadonlySet<string> | undefined;
  /** A line that a parser can't read has its error, and still counts. */
  readonly keepsErrors: boolean;
  /** A parser tries the filters of a label when it sets it. */
  readonly triesFilters: boolean;
}

export const everything: ParserHints = { required: undefined, keepsErrors: false, triesFilters: true };

/** The hints of a metric query whose result keeps only these labels. */
export function hintsFor(grouping: readonly string[], stages: readonly Stage[]): ParserHints {
  const required = new Set([...grouping, ...stages.flatMap(namesOf)]);
  // Whoever names the error wants to see it.
  return { required, keepsErrors: required.has(errorLabel), triesFilters: grouping.length === 0 };
}

/** Whether stages have set every one of the labels: then a parser has nothing left to find. */
export function areSet(required: ReadonlySet<string>, entry: Entry): boolean {
  for (const name of required) if (!entry.isChanged(name)) return false;
  return true;
}

function namesOf(stage: Stage): string[] {
  switch (stage.kind) {
    case "label-filter":
      return filterNames(stage.filter);
    case "label_format":
      return stage.formats.flatMap(formatNames);
    case "line_format":
      return requiredFields(stage.text);
    case "unwrap":
      return [stage.name];
    default:
      return [];
  }
}

function formatNames({ name, value }: LabelFormat): string[] {
  return [name, ...(value.kind === "rename" ? [value.text] : requiredFields(value.text))];
}

/** The labels that a filter reads. */
export function filterNames(filter: LabelFilter): string[] {
  if (filter.kind === "joined") return [...filterNames(filter.left), ...filterNames(filter.right)];
  return [filter.kind === "string" ? filter.matcher.name : filter.name];
}
