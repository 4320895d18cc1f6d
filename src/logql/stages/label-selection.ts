import { type Entry, errorDetailsLabel, errorLabel } from "../labels/entry.ts";
import type { LabelSelectionStage, Matcher } from "../syntax/ast.ts";
import { valueTest } from "./label-filter.ts";
import type { StageRunner } from "./stage-runner.ts";

interface Selection {
  readonly name: string;
  readonly test: (value: string | undefined) => boolean;
}

/** `| drop` and `| keep`: labels by name, or by name and value. */
export function labelSelectionStage(stage: LabelSelectionStage): StageRunner {
  const selections = stage.labels.map(
    ({ name, matcher }): Selection => ({ name, test: matcher ? matcherTest(matcher) : isSet }),
  );
  const run = stage.kind === "drop" ? drop : keep;
  return (entry) => {
    entry.sweep();
    run(entry, selections);
    return true;
  };
}

// A matcher takes a missing label for an empty one.
function matcherTest(matcher: Matcher): Selection["test"] {
  const test = valueTest(matcher, true);
  return (value) => test(value ?? "");
}

function isSet(value: string | undefined): boolean {
  return value !== undefined;
}

function drop(entry: Entry, selections: readonly Selection[]): void {
  for (const { name, test } of selections) {
    if (name === errorDetailsLabel) entry.dropErrorDetails();
    if (!test(entry.get(name))) continue;
    if (name === errorLabel) entry.dropError();
    // A label that is missing stays free for a parser.
    else if (entry.get(name) === undefined) entry.touch();
    else entry.remove(name);
  }
}

function keep(entry: Entry, selections: readonly Selection[]): void {
  for (const [name, value] of [...entry.current()]) {
    if (name === errorLabel || name === errorDetailsLabel) continue;
    if (!selections.some((selection) => selection.name === name && selection.test(value))) entry.remove(name);
  }
}
