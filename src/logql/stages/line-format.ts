import { compileTemplate, templateInput } from "../template/template.ts";
import type { StageRunner } from "./stage-runner.ts";

/** `| line_format`: the line becomes what the template writes; when it fails, the line stays, with an error. */
export function lineFormatStage(text: string): StageRunner {
  const template = compileTemplate(text);
  return (entry) => {
    const { labels, source } = templateInput(entry);
    const result = template(labels, source);
    if (typeof result === "string") entry.line = result;
    else entry.setError("TemplateFormatErr", result.problem);
    return true;
  };
}
