import { errorDetailsLabel, errorLabel } from "../labels/entry.ts";
import type { Profile } from "../profile.ts";
import type { LabelFilter, Stage } from "../syntax/ast.ts";
import { labelFilterStage } from "./label-filter.ts";
import type { StageRunner } from "./stage-runner.ts";

/** The filters of a pipeline that stand alone in their stage, by the label each is about: of two for one label only the first. */
export type FilterTrials = ReadonlyMap<string, StageRunner>;

/**
 * What the parsers of a pipeline try as soon as they have set a label, wherever in the pipeline the filter stands.
 * Undefined where that changes nothing, as in most queries.
 */
export function filterTrials(stages: readonly Stage[], profile: Profile): FilterTrials | undefined {
  if (isHarmless(stages)) return undefined;
  const trials = new Map<string, StageRunner>();
  for (const stage of stages) {
    if (!isTried(stage)) continue;
    const [name = ""] = namesOf(stage.filter);
    if (!trials.has(name)) trials.set(name, labelFilterStage(stage.filter, profile));
  }
  return trials.size === 0 ? undefined : trials;
}

type FilterStage = Extract<Stage, { kind: "label-filter" }>;

function isTried(stage: Stage): stage is FilterStage {
  return stage.kind === "label-filter" && stage.filter.kind !== "joined";
}

// A filter that comes after the parsers anyway, with only filters in between, decides the same when it is tried
// early. Two of them may fail in another order, though, and one that reads errors may meet one.
function isHarmless(stages: readonly Stage[]): boolean {
  const upToLast = stages.slice(0, stages.findLastIndex(isTried) + 1);
  const first = upToLast.findIndex(({ kind }) => kind === "label-filter");
  const filters = upToLast.slice(Math.max(first, 0)).filter(({ kind }) => kind !== "unwrap");
  const before = upToLast.slice(0, Math.max(first, 0));
  if (!filters.every((stage) => stage.kind === "label-filter")) return false;
  if (!before.every(leavesLabels)) return false;
  if (stages.slice(upToLast.length).some(({ kind }) => parsers.has(kind))) return false;
  const parts = filters.flatMap((stage) => (stage.kind === "label-filter" ? leaves(stage.filter) : []));
  const fallible = parts.filter(({ kind }) => kind !== "string");
  return fallible.length < 2 && !(fallible.length > 0 && readsErrors(parts)) && !failsStrictly(stages);
}

const parsers: ReadonlySet<string> = new Set(["json", "logfmt", "regexp", "pattern", "unpack"]);

function leavesLabels({ kind }: Stage): boolean {
  return kind !== "label_format" && kind !== "drop" && kind !== "keep" && kind !== "line_format";
}

function readsErrors(parts: readonly LabelFilter[]): boolean {
  return parts.flatMap(namesOf).some((name) => name === errorLabel || name === errorDetailsLabel);
}

// The error of a strict logfmt is a label as any other to it.
function failsStrictly(stages: readonly Stage[]): boolean {
  return stages.some((stage) => stage.kind === "logfmt" && stage.strict);
}

function leaves(filter: LabelFilter): LabelFilter[] {
  return filter.kind === "joined" ? [...leaves(filter.left), ...leaves(filter.right)] : [filter];
}

function namesOf(filter: LabelFilter): string[] {
  return leaves(filter).map((leaf) => {
    if (leaf.kind === "joined") return "";
    return leaf.kind === "string" ? leaf.matcher.name : leaf.name;
  });
}
