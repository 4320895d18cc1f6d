import type { Entry } from "../labels/entry.ts";
import type { LabelFormatStage } from "../syntax/ast.ts";
import { compileTemplate, templateInput } from "../template/template.ts";
import type { StageRunner } from "./stage-runner.ts";

/** `| label_format`: renames take effect one after the other, templates see the labels as the stage found them. */
export function labelFormatStage(stage: LabelFormatStage): StageRunner {
  const steps = stage.formats.map(({ name, value }) =>
    value.kind === "rename" ? renaming(name, value.text) : writing(name, value.text),
  );
  return (entry) => {
    const input = templateInput(entry);
    for (const step of steps) step(entry, input);
    return true;
  };
}

type Step = (entry: Entry, input: ReturnType<typeof templateInput>) => void;

function renaming(to: string, from: string): Step {
  return (entry) => {
    const value = entry.get(from);
    if (value === undefined) return;
    entry.set(to, value);
    entry.remove(from);
  };
}

function writing(name: string, text: string): Step {
  const template = compileTemplate(text);
  return (entry, { labels, source }) => {
    const result = template(labels, source);
    if (typeof result === "string") entry.set(name, result);
    else entry.setError("TemplateFormatErr", result.problem);
  };
}
