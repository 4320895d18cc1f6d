import { compileTemplate, templateInput } from "../template/template.ts";
import type { StageRunner } from "./stage-runner.ts";

/** `| line_format`: the line becomes what the template writes; when it fails, the line stays, with an error. */
export function lineFormatStage(text: string): StageRunner {
  const template = isErrorAlone(text) ? () => "" : compileTemplate(text);
  return (entry) => {
    const { labels, source } = templateInput(entry);
    const result = template(labels, source);
    if (typeof result === "string") entry.line = result;
    else entry.setError("TemplateFormatErr", result.problem);
    return true;
  };
}

// Loki reads one label without running the template, and then the error is none.
function isErrorAlone(text: string): boolean {
  return /^\{\{\s*\.__error__\s*\}\}$/.test(text);
}
