import type { Entry } from "../labels/entry.ts";
import type { Profile } from "../profile.ts";
import type { LogExpression, Stage, UnwrapStage } from "../syntax/ast.ts";
import { decolorizeStage } from "./decolorize.ts";
import { filterTrials } from "./filter-trials.ts";
import { areSet, type ParserHints } from "./hints.ts";
import { jsonStage } from "./json.ts";
import { jsonExpressionsStage } from "./json-expressions.ts";
import { labelFilterStage } from "./label-filter.ts";
import { labelFormatStage } from "./label-format.ts";
import { labelSelectionStage } from "./label-selection.ts";
import { lineFilterStage } from "./line-filter.ts";
import { lineFormatStage } from "./line-format.ts";
import { logfmtStage } from "./logfmt.ts";
import { ParserOutput } from "./parser-output.ts";
import { patternStage } from "./pattern.ts";
import { regexpStage } from "./regexp.ts";
import type { StageRunner } from "./stage-runner.ts";
import { unpackStage } from "./unpack.ts";
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

function isParser({ kind }: Stage): boolean {
  return kind !== "line-filter" && readers.has(kind);
}

function whileWanted(parse: StageRunner, { required }: ParserHints): StageRunner {
  return required ? (entry) => areSet(required, entry) || parse(entry) : parse;
}

/** The stages that are run, in their order, where that is not what was written. */
export function stagesRun(
  written: readonly Stage[],
  { profile, readsLines }: { profile: Profile; readsLines?: boolean },
): readonly Stage[] {
  const ordered = profile.lineFiltersMoveForward ? filtersFirst(written) : written;
  return profile.unreadLineFormatsSkipped && readsLines === false ? withoutUnreadLines(ordered) : ordered;
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

interface Compiling {
  readonly profile: Profile;
  readonly hints: ParserHints;
  readonly output: ParserOutput;
}

function compileStage(stage: Stage, { profile, hints, output }: Compiling): StageRunner {
  switch (stage.kind) {
    case "line-filter":
      return lineFilterStage(stage, profile);
    case "json":
      return stage.extractions.length > 0
        ? jsonExpressionsStage(stage.extractions, hints, output)
        : jsonStage(hints, output);
    case "logfmt":
      return logfmtStage(stage, hints, output);
    case "regexp":
      return regexpStage(stage.text, output);
    case "pattern":
      return patternStage(stage.text, output);
    case "unpack":
      return unpackStage(hints, output);
    case "decolorize":
      return decolorizeStage();
    case "line_format":
      return lineFormatStage(stage.text);
    case "label_format":
      return labelFormatStage(stage);
    case "drop":
    case "keep":
      return labelSelectionStage(stage);
    case "label-filter":
      return labelFilterStage(stage.filter, profile);
    case "unwrap":
      throw new Error("unwrap is compiled on its own");
  }
}

// Only filters that stand before any stage that rewrites the line speak of the line as it is stored.
function needleOf(stages: readonly Stage[]): Buffer | undefined {
  let longest = "";
  for (const stage of stages) {
    if (rewrites.has(stage.kind)) break;
    const [only] =
      stage.kind === "line-filter" && stage.operator === "|=" && stage.values.length === 1
        ? stage.values
        : [];
    if (only && !only.ip && only.text.length > longest.length) longest = only.text;
  }
  return longest === "" ? undefined : Buffer.from(longest);
}

/** Move line filters before the stages that do not write the line, as Loki does for speed; decolorize is not seen as one. */
// Where nothing reads the line that a line_format writes, it is not run, and cannot fail.
function withoutUnreadLines(stages: readonly Stage[]): readonly Stage[] {
  const lastReader = stages.findLastIndex(({ kind }) => readers.has(kind));
  return stages.filter(({ kind }, i) => kind !== "line_format" || i < lastReader);
}

const readers: ReadonlySet<string> = new Set([
  "line-filter",
  "json",
  "logfmt",
  "regexp",
  "pattern",
  "unpack",
]);

function filtersFirst(stages: readonly Stage[]): Stage[] {
  const ordered: Stage[] = [];
  let boundary = 0;
  for (const stage of stages) {
    if (stage.kind === "line-filter") ordered.splice(boundary++, 0, stage);
    else ordered.push(stage);
    if (stage.kind === "line_format" || stage.kind === "unpack") boundary = ordered.length;
  }
  return ordered;
}

const rewrites: ReadonlySet<string> = new Set(["line_format", "decolorize", "unpack"]);
