import { type Entry, errorDetailsLabel, errorLabel } from "../labels/entry.ts";
import type { LabelSelectionStage } from "../syntax/ast.ts";
import { valueTest } from "./label-filter.ts";
import type { StageRunner } from "./stage-runner.ts";

interface Selection {
  readonly name: string;
  readonly test: (value: string) => boolean;
}

/** `| drop` and `| keep`: labels by name, or by name and value. */
export function labelSelectionStage(stage: LabelSelectionStage): StageRunner {
  const selections = stage.labels.map(
    ({ name, matcher }): Selection => ({ name, test: matcher ? valueTest(matcher, true) : () => true }),
  );
  const run = stage.kind === "drop" ? drop : keep;
  return (entry) => {
    run(entry, selections);
    return true;
  };
}

function drop(entry: Entry, selections: readonly Selection[]): void {
  for (const { name, test } of selections) {
    if (name === errorDetailsLabel) entry.dropErrorDetails();
    const value = entry.get(name);
    if (value === undefined || !test(value)) continue;
    if (name === errorLabel) entry.dropError();
    else entry.remove(name);
  }
}

function keep(entry: Entry, selections: readonly Selection[]): void {
  for (const [name, value] of [...entry.current()]) {
    if (name === errorLabel || name === errorDetailsLabel) continue;
    if (!selections.some((selection) => selection.name === name && selection.test(value))) entry.remove(name);
  }
}
