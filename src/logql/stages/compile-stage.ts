import type { Profile } from "../profile.ts";
import type { Stage } from "../syntax/ast.ts";
import { decolorizeStage } from "./decolorize.ts";
import type { ParserHints } from "./hints.ts";
import { jsonStage } from "./json.ts";
import { jsonExpressionsStage } from "./json-expressions.ts";
import { labelFilterStage } from "./label-filter.ts";
import { labelFormatStage } from "./label-format.ts";
import { labelSelectionStage } from "./label-selection.ts";
import { lineFilterStage } from "./line-filter.ts";
import { lineFormatStage } from "./line-format.ts";
import { logfmtStage } from "./logfmt.ts";
import type { ParserOutput } from "./parser-output.ts";
import { patternStage } from "./pattern.ts";
import { regexpStage } from "./regexp.ts";
import type { StageRunner } from "./stage-runner.ts";
import { unpackStage } from "./unpack.ts";

export interface StageOptions {
  readonly profile: Profile;
  readonly hints: ParserHints;
  readonly output: ParserOutput;
}

/** Compile one stage; unwrap, which gives a value rather than an answer, is compiled with its pipeline. */
export function compileStage(stage: Stage, { profile, hints, output }: StageOptions): StageRunner {
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
