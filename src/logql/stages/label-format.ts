import { type Entry, errorLabel } from "../labels/entry.ts";
import type { LabelFormatStage } from "../syntax/ast.ts";
import { compileTemplate, templateInput } from "../template/template.ts";
import type { StageRunner } from "./stage-runner.ts";

/** `| label_format`: renames take effect one after the other, templates see the labels as the first of them finds them. */
export function labelFormatStage(stage: LabelFormatStage): StageRunner {
  const steps = stage.formats.map(({ name, value }) =>
    value.kind === "rename" ? renaming(name, value.text) : writing(name, value.text),
  );
  return (entry) => {
    let input: Input | undefined;
    let hasLabels = false;
    for (const step of steps) {
      step(entry, () => {
        // Without a label there is nothing that Loki could keep, and later templates see what earlier ones set.
        if (!input || !hasLabels) {
          hasLabels = !entry.isBare;
          input = templateInput(entry);
        }
        return input;
      });
    }
    return true;
  };
}

type Input = ReturnType<typeof templateInput>;
type Step = (entry: Entry, input: () => Input) => void;

function renaming(to: string, from: string): Step {
  return (entry) => {
    // The error is no label that could be renamed.
    const value = from === errorLabel ? undefined : entry.get(from);
    entry.sweep();
    if (value === undefined) return;
    entry.set(to, value);
    entry.remove(from);
  };
}

function writing(name: string, text: string): Step {
  const template = compileTemplate(text);
  return (entry, input) => {
    const { labels, source } = input();
    const result = template(labels, source);
    if (typeof result === "string") entry.set(name, result);
    else entry.setError("TemplateFormatErr", result.problem);
  };
}
