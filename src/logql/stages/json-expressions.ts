import type { Entry } from "../labels/entry.ts";
import type { Extraction } from "../syntax/ast.ts";
import type { ParserHints } from "./hints.ts";
import { memberPrefix } from "./json-fast-path.ts";
import { type JsonRange, labelText, lookUp } from "./json-lookup.ts";
import { valueEnd } from "./json-object.ts";
import { type PathStep, parseJsonPath } from "./json-path.ts";
import { JsonProblem } from "./json-scan.ts";
import type { ParserOutput } from "./parser-output.ts";
import type { StageRunner } from "./stage-runner.ts";

interface Wanted {
  readonly name: string;
  readonly path: readonly PathStep[];
  /** Where the path is one name: what finds it in most lines, faster than the walk. */
  readonly prefix: RegExp | undefined;
}

/** `| json name="path"`: only these values become labels; one that is not found is empty. */
export function jsonExpressionsStage(
  extractions: readonly Extraction[],
  hints: ParserHints,
  output: ParserOutput,
): StageRunner {
  if (hints.required?.size === 0) return () => true;
  const wanted = extractions.map(wantedOf);
  return (entry) => {
    extract(entry, wanted, output);
    return true;
  };
}

/**
 * Read one value as the stage would set it for a line without labels: empty where there is none, undefined where it sets
 * nothing, null where the line has an error.
 */
export function jsonExpressionReader(extraction: Extraction): (line: string) => string | undefined | null {
  const wanted = wantedOf(extraction);
  return (line) => {
    if (line === "") return undefined;
    if (!mayHold.has(line.charAt(0))) return null;
    try {
      return valueIn(line, wanted) ?? "";
    } catch (error) {
      if (!(error instanceof JsonProblem)) throw error;
      return null;
    }
  };
}

function wantedOf({ name, expression }: Extraction): Wanted {
  const path = parseJsonPath(expression) ?? [];
  const [first] = path;
  const plain = path.length === 1 && typeof first === "string" && /^\w+$/.test(first);
  return { name, path, prefix: plain ? memberPrefix(first) : undefined };
}

function valueIn(line: string, { path, prefix }: Wanted): string | undefined {
  const range = (prefix && plainValue(line, prefix)) ?? lookUp(line, path);
  return range && labelText(line, range);
}

function plainValue(line: string, prefix: RegExp): JsonRange | undefined {
  prefix.lastIndex = 0;
  if (!prefix.test(line)) return undefined;
  const start = prefix.lastIndex;
  // More white space than the pattern knows, or the line's end: the walk judges.
  return line.charCodeAt(start) > 0x20 ? { start, end: valueEnd(line, start, line.length) } : undefined;
}

// Only the first character is judged: what cannot hold anything is an error, a broken object is not.
const mayHold: ReadonlySet<string> = new Set(["{", "[", '"']);

function extract(entry: Entry, wanted: readonly Wanted[], output: ParserOutput): void {
  const { line } = entry;
  if (line === "") return;
  if (!mayHold.has(line.charAt(0))) {
    output.fail(entry, "JSONParserErr", "");
    return;
  }
  for (const one of wanted) {
    const { name } = one;
    const label = entry.isBase(name) ? `${name}_extracted` : name;
    try {
      const value = valueIn(line, one);
      if (value !== undefined) entry.set(label, value);
      else if (entry.get(name) === undefined) entry.set(name, "");
    } catch (error) {
      if (!(error instanceof JsonProblem)) throw error;
      output.fail(entry, "JSONParserErr", error.message);
      // What an earlier stage or expression found stays.
      if (entry.get(name) === undefined) entry.set(name, "");
    }
  }
}
