import { errorDetailsLabel, errorLabel } from "../labels/entry.ts";
import type { LabelFilter, Stage } from "../syntax/ast.ts";

/**
 * What a parser has to find: every label, or only these. With an empty set nothing is parsed at all, and with a set
 * parsing stops once all are found, so that an error after that point is never seen.
 */
export interface ParserHints {
  readonly required: ReadonlySet<string> | undefined;
}

export const everything: ParserHints = { required: undefined };

/** The hints of a metric query whose result keeps only these labels. */
export function hintsFor(grouping: readonly string[], stages: readonly Stage[]): ParserHints {
  const required = new Set(grouping);
  for (const stage of stages) for (const name of namesOf(stage)) required.add(name);
  // Whether a line has an error is known only once all of it is parsed.
  return asksForErrors(grouping, stages) ? everything : { required };
}

/** Whether the query names the error label: then lines with an error are its business, and do not fail it. */
export function asksForErrors(grouping: readonly string[], stages: readonly Stage[]): boolean {
  const names = [...grouping, ...stages.flatMap(namesOf)];
  return names.includes(errorLabel) || names.includes(errorDetailsLabel);
}

function namesOf(stage: Stage): string[] {
  switch (stage.kind) {
    case "label-filter":
      return filterNames(stage.filter);
    case "label_format":
      return stage.formats.flatMap(({ name, value }) =>
        value.kind === "rename" ? [name, value.text] : [name],
      );
    case "unwrap":
      return [stage.name];
    default:
      return [];
  }
}

function filterNames(filter: LabelFilter): string[] {
  if (filter.kind === "joined") return [...filterNames(filter.left), ...filterNames(filter.right)];
  return [filter.kind === "string" ? filter.matcher.name : filter.name];
}
