import { compileRe2 } from "../regex/re2.ts";
import { parsedLabelName, sanitizeLabelName } from "./label-name.ts";
import type { ParserOutput } from "./parser-output.ts";
import type { StageRunner } from "./stage-runner.ts";

/** `| regexp`: the named groups become labels; one that took no part in the match is empty. */
export function regexpStage(pattern: string, output: ParserOutput): StageRunner {
  const regex = compileRe2(pattern);
  const labels = regex.names.map((name) => (name === undefined ? undefined : sanitizeLabelName(name)));
  return (entry) => {
    const match = regex.exec(entry.line);
    if (!match) return true;
    return labels.every((name, i) => {
      const label = name && parsedLabelName(entry, name);
      return !label || entry.isChanged(label) || output.set(entry, label, match.groups[i + 1] ?? "");
    });
  };
}
