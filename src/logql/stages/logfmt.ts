import type { Entry } from "../labels/entry.ts";
import type { LogfmtStage } from "../syntax/ast.ts";
import { unquote } from "../syntax/quoted.ts";
import { areSet, type ParserHints } from "./hints.ts";
import { parsedLabelName, sanitizeLabelName } from "./label-name.ts";
import { nextPair } from "./logfmt-scan.ts";
import type { ParserOutput } from "./parser-output.ts";
import type { StageRunner } from "./stage-runner.ts";

/** `| logfmt`: every pair becomes a label, or only the pairs that are asked for. */
export function logfmtStage(
  stage: LogfmtStage,
  { required }: ParserHints,
  output: ParserOutput,
): StageRunner {
  if (required?.size === 0) return () => true;
  const parser = { stage, required, output };
  return stage.extractions.length > 0 ? extractor(parser) : collector(parser);
}

interface Parser {
  readonly stage: LogfmtStage;
  readonly required: ReadonlySet<string> | undefined;
  readonly output: ParserOutput;
}

function collector({ stage, required, output }: Parser): StageRunner {
  return (entry) => {
    let missing = required?.size ?? -1;
    let passes = true;
    const problem = walk(entry, stage.strict, (key, value) => {
      if (value === "" && !stage.keepEmpty) return false;
      const name = parsedLabelName(entry, sanitizeLabelName(key));
      if (name === "" || entry.isChanged(name) || (required && !required.has(name))) return false;
      passes = output.set(entry, name, value);
      return --missing === 0 || !passes;
    });
    return problem === undefined ? passes : output.failTried(entry, "LogfmtParserErr", problem);
  };
}

// The last pair of a key wins here, and a label that no pair gives is empty. A pair whose key is the label itself, and
// no expression of another, counts as well; one whose key is a label from an earlier stage does not. Of two expressions
// for one label the last is meant. Where only some labels are required, a pair counts only if its key is one of them,
// whatever the label it gives.
function extractor({ stage, required, output }: Parser): StageRunner {
  const keyOf = new Map(
    stage.extractions.map(({ name, expression }) => [name, unquote(expression) ?? expression]),
  );
  const extractions = [...keyOf].map(([name, key]) => ({ name, key }));
  const keys = new Set(keyOf.values());
  return (entry) => {
    const labels = new Map(extractions.map(({ name }) => [name, parsedLabelName(entry, name)]));
    for (const { name } of extractions) if (labels.get(name) === name) entry.set(name, "");
    const problem = walk(entry, stage.strict, (written, value) => {
      const key = sanitizeLabelName(written);
      if (required && !required.has(parsedLabelName(entry, key))) return false;
      if (!keyOf.has(key) && entry.isChanged(key)) return false;
      const given = extractions.filter((one) => key === one.key || (key === one.name && !keys.has(key)));
      for (const { name } of given) give(entry, labels.get(name) ?? name, { name, value });
      return given.length > 0 && required !== undefined && areSet(required, entry);
    });
    if (problem !== undefined) output.fail(entry, "LogfmtParserErr", problem);
    return true;
  };
}

// Of pairs for a label that gives way to one of the stream the first wins.
function give(entry: Entry, label: string, { name, value }: { name: string; value: string }): void {
  if (label === name || !entry.isChanged(label)) entry.set(label, value);
}

/** What a strict walk stopped at, if anything. */
function walk(
  entry: Entry,
  strict: boolean,
  visit: (key: string, value: string) => boolean,
): string | undefined {
  const { line } = entry;
  for (let item = nextPair(line, 0); item; item = nextPair(line, item.end)) {
    if ("key" in item) {
      if (visit(item.key, item.value)) return undefined;
    } else if (strict) {
      return item.problem;
    }
  }
  return undefined;
}
