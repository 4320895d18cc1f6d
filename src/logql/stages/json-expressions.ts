import type { Entry } from "../labels/entry.ts";
import type { Extraction } from "../syntax/ast.ts";
import type { ParserHints } from "./hints.ts";
import { labelText, lookUp } from "./json-lookup.ts";
import { type PathStep, parseJsonPath } from "./json-path.ts";
import { JsonProblem } from "./json-scan.ts";
import type { StageRunner } from "./stage-runner.ts";

interface Wanted {
  readonly name: string;
  readonly path: readonly PathStep[];
}

/** `| json name="path"`: only these values become labels; one that is not found is empty. */
export function jsonExpressionsStage(extractions: readonly Extraction[], hints: ParserHints): StageRunner {
  if (hints.required?.size === 0) return () => true;
  const wanted = extractions.map(
    ({ name, expression }): Wanted => ({ name, path: parseJsonPath(expression) ?? [] }),
  );
  return (entry) => {
    extract(entry, wanted);
    return true;
  };
}

// Only the first character is judged: what cannot hold anything is an error, a broken object is not.
const mayHold: ReadonlySet<string> = new Set(["{", "[", '"']);

function extract(entry: Entry, wanted: readonly Wanted[]): void {
  const { line } = entry;
  if (line === "") return;
  if (!mayHold.has(line.charAt(0))) {
    entry.setError("JSONParserErr", "");
    return;
  }
  for (const { name, path } of wanted) {
    const label = entry.isBase(name) ? `${name}_extracted` : name;
    try {
      const range = lookUp(line, path);
      if (range) entry.set(label, labelText(line, range));
      else if (entry.get(name) === undefined) entry.set(name, "");
    } catch (error) {
      if (!(error instanceof JsonProblem)) throw error;
      entry.setError("JSONParserErr", error.message);
      entry.set(label, "");
    }
  }
}
