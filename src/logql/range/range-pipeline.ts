import type { Profile } from "../profile.ts";
import { everything, hintsFor, type ParserHints } from "../stages/hints.ts";
import { compilePipeline, type Pipeline } from "../stages/pipeline.ts";
import { stagesRun } from "../stages/stage-order.ts";
import type { Grouping, RangeAggregation, Stage } from "../syntax/ast.ts";

/** How a range aggregation reads lines. */
export interface RangePipeline {
  readonly pipeline: Pipeline;
  readonly hints: ParserHints;
  /** Which labels make a series, where not all do. */
  readonly grouping: Grouping | undefined;
  /** A sample is the size of its line. */
  readonly countsBytes: boolean;
}

/** Compile the log query of a range aggregation for the labels that its result keeps. */
export function compileRange(
  node: RangeAggregation,
  grouping: Grouping | undefined,
  profile: Profile,
): RangePipeline {
  const countsBytes = node.operation.startsWith("bytes_");
  const stages = stagesRun(node.log.stages, { profile, readsLines: countsBytes });
  const hints = profile.parserHints ? hintsOf(node, stages, grouping) : everything;
  const keepsUnwrapped = isGroupedByValue(node, grouping);
  return {
    pipeline: compilePipeline(node.log, { profile, hints, readsLines: countsBytes, keepsUnwrapped }),
    hints,
    grouping: node.operation === "absent_over_time" ? noLabels(node) : grouping,
    countsBytes,
  };
}

function hintsOf(
  node: RangeAggregation,
  stages: readonly Stage[],
  grouping: Grouping | undefined,
): ParserHints {
  if (node.operation === "absent_over_time") return hintsFor([], stages);
  return grouping && !grouping.without ? hintsFor(grouping.names, stages) : everything;
}

function isGroupedByValue({ log }: RangeAggregation, grouping: Grouping | undefined): boolean {
  if (!grouping || grouping.without) return false;
  return log.stages.some((stage) => stage.kind === "unwrap" && grouping.names.includes(stage.name));
}

function noLabels(node: RangeAggregation): Grouping {
  return { without: false, names: [], offset: node.offset };
}
