import type { Entry } from "../labels/entry.ts";
import type { Profile } from "../profile.ts";
import type { LogExpression, Stage, UnwrapStage } from "../syntax/ast.ts";
import { compileStage } from "./compile-stage.ts";
import { filterTrials } from "./filter-trials.ts";
import { areSet, type ParserHints } from "./hints.ts";
import { needleOf } from "./needle.ts";
import { ParserOutput } from "./parser-output.ts";
import { isParser, stagesRun } from "./stage-order.ts";
import type { StageRunner } from "./stage-runner.ts";
import { unwrapReader } from "./unwrap.ts";

/** A compiled pipeline. */
export interface Pipeline {
  /** What is run, in this order. */
  readonly stages: readonly Stage[];
  /** Bytes that every line that can pass holds; a store may skip all others. */
  readonly needle: Buffer | undefined;
  /** The sample of an entry (1 without unwrap), or undefined when the entry does not pass. */
  readonly run: (entry: Entry) => number | undefined;
}

/** Compile the stages of a log query for one profile. */
export function compilePipeline(
  log: LogExpression,
  options: { profile: Profile; hints: ParserHints; readsLines?: boolean; keepsUnwrapped?: boolean },
): Pipeline {
  const at = log.stages.findIndex((stage) => stage.kind === "unwrap");
  const written = at < 0 ? log.stages : log.stages.slice(0, at);
  const stages = stagesRun(written, options);
  const { profile, hints } = options;
  const triesFilters = hints.triesFilters && profile.filtersTriedByParsers;
  const output = new ParserOutput(hints, triesFilters ? filterTrials(log.stages, profile) : undefined);
  const compiling = { profile, hints, output };
  const before = stages.map((stage, i) =>
    isParser(stage) && stages.slice(0, i).some(setsLabels)
      ? whileWanted(compileStage(stage, compiling), hints)
      : compileStage(stage, compiling),
  );
  const unwrap = log.stages[at];
  const needle = needleOf(stages);
  if (unwrap?.kind !== "unwrap")
    return { stages, needle, run: (entry) => (passes(before, entry) ? 1 : undefined) };
  const after = log.stages.slice(at + 1).map((stage) => compileStage(stage, compiling));
  return {
    stages: [...stages, ...log.stages.slice(at)],
    needle,
    run: unwrapping(before, { ...unwrap, kept: options.keepsUnwrapped ?? false }, after),
  };
}

function setsLabels(stage: Stage): boolean {
  return stage.kind === "label_format" || isParser(stage);
}

function whileWanted(parse: StageRunner, { required }: ParserHints): StageRunner {
  return required ? (entry) => areSet(required, entry) || parse(entry) : parse;
}

function unwrapping(
  before: readonly StageRunner[],
  unwrap: UnwrapStage & { readonly kept: boolean },
  after: readonly StageRunner[],
): Pipeline["run"] {
  const read = unwrapReader(unwrap);
  return (entry) => {
    if (!passes(before, entry)) return undefined;
    const value = read(entry);
    if (value === undefined || !passes(after, entry)) return undefined;
    // The filters after unwrap still see the label; the series does not bear it, unless it is grouped by it.
    if (entry.error === "" && !unwrap.kept) entry.remove(unwrap.name);
    return value;
  };
}

function passes(runners: readonly StageRunner[], entry: Entry): boolean {
  for (const run of runners) if (!run(entry)) return false;
  return true;
}
