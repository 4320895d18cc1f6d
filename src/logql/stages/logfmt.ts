import type { Entry } from "../labels/entry.ts";
import type { LogfmtStage } from "../syntax/ast.ts";
import { unquote } from "../syntax/quoted.ts";
import type { ParserHints } from "./hints.ts";
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
// no expression of another, counts as well. Of two expressions for one label the last is meant.
function extractor({ stage, required, output }: Parser): StageRunner {
  const keyOf = new Map(
    stage.extractions.map(({ name, expression }) => [name, unquote(expression) ?? expression]),
  );
  const extractions = [...keyOf].map(([name, key]) => ({ name, key }));
  const wanted = extractions.filter(({ name }) => !required || required.has(name));
  const keys = new Set(extractions.map(({ key }) => key));
  return (entry) => {
    const labels = new Map(wanted.map(({ name }) => [name, parsedLabelName(entry, name)]));
    const problem = walk(entry, stage.strict, (written, value) => {
      const key = sanitizeLabelName(written);
      for (const { name, key: expected } of wanted) {
        if (key !== expected && (key !== name || keys.has(key))) continue;
        entry.set(labels.get(name) ?? name, value);
      }
      return false;
    });
    for (const { name } of wanted) if (entry.get(name) === undefined) entry.set(name, "");
    if (problem !== undefined) output.fail(entry, "LogfmtParserErr", problem);
    return true;
  };
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
