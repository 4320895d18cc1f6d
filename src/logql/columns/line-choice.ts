import type { Profile } from "../profile.ts";
import { lineFilterStage } from "../stages/line-filter.ts";
import type { LineFilter, Stage } from "../syntax/ast.ts";
import { formatStage } from "../syntax/format-stage.ts";
import type { LineChoice } from "./line-table.ts";

/** The line filters that a pipeline starts with. */
export function leadingFilters(stages: readonly Stage[]): LineFilter[] {
  const end = stages.findIndex(({ kind }) => kind !== "line-filter");
  return stages.slice(0, end < 0 ? stages.length : end).filter((stage) => stage.kind === "line-filter");
}

/** The lines that pass the filters; `needle` is what all of them hold. */
export function lineChoice(
  filters: readonly LineFilter[],
  { needle, profile }: { readonly needle: Buffer | undefined; readonly profile: Profile },
): LineChoice {
  const key = filters.map(formatStage).join(" ");
  const runners = filters.map((filter) => lineFilterStage(filter, profile));
  // The bytes of U+FFFD also stand for what is no character at all, so that only text decides.
  const decided = filters.length === 0 || (filters.length === 1 && needle && !needle.includes("\ufffd"));
  return { key, needle, passes: decided ? undefined : (entry) => runners.every((run) => run(entry)) };
}
