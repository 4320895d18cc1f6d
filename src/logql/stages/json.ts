import { type Entry, errorLabel } from "../labels/entry.ts";
import type { ParserHints } from "./hints.ts";
import { JsonFastPath, maxFastNames } from "./json-fast-path.ts";
import { type JsonVisitor, walkObject } from "./json-object.ts";
import { JsonProblem, unescapeJson } from "./json-scan.ts";
import { parsedLabelName, sanitizeLabelName, sanitizeNestedName } from "./label-name.ts";
import type { ParserOutput } from "./parser-output.ts";
import type { StageRunner } from "./stage-runner.ts";

/** `| json`: every member becomes a label, nested ones joined by `_`. */
export function jsonStage({ required }: ParserHints, output: ParserOutput): StageRunner {
  if (required?.size === 0) return () => true;
  const extractor = new JsonExtractor(required, output);
  // Only the whole line shows whether there is an error in it.
  const isFast = required && required.size <= maxFastNames && !required.has(errorLabel) && !output.isOrdered;
  const few = isFast ? new JsonFastPath(required) : undefined;
  return (entry) => few?.extract(entry) || extractor.run(entry);
}

/** One for all lines: the fields below are the state of the walk, and the key is read only when it may be wanted. */
class JsonExtractor implements JsonVisitor {
  readonly #required: ReadonlySet<string> | undefined;
  readonly #lengths: Uint8Array;
  readonly #starts: Uint8Array;
  #entry: Entry | undefined;
  #prefix = "";
  #name = "";
  #missing = 0;
  #passes = true;
  readonly #output: ParserOutput;

  constructor(required: ReadonlySet<string> | undefined, output: ParserOutput) {
    this.#required = required;
    this.#output = output;
    // A key may be wanted only if its length can be that of a required name, or of a first part of one, and it
    // starts as one does, or with a character that is rewritten.
    this.#lengths = new Uint8Array(256);
    this.#starts = Uint8Array.from({ length: 256 }, (_, code) => (isRewritten(code) ? 1 : 0));
    for (const name of required ?? []) {
      for (const length of keyLengths(name)) this.#lengths[Math.min(length, 255)] = 1;
      this.#starts[Math.min(name.charCodeAt(0), 255)] = 1;
    }
  }

  run(entry: Entry): boolean {
    this.#entry = entry;
    this.#passes = true;
    this.#prefix = "";
    this.#missing = this.#required?.size ?? -1;
    try {
      walkObject(entry.text, entry, this);
    } catch (error) {
      if (!(error instanceof JsonProblem)) throw error;
      this.#output.fail(entry, "JSONParserErr", error.message);
    }
    return this.#passes;
  }

  wants(text: string, keyStart: number, keyEnd: number): boolean {
    if (this.#required && this.#prefix === "") {
      if (this.#lengths[Math.min(keyEnd - keyStart, 255)] === 0) return false;
      if (this.#starts[Math.min(text.charCodeAt(keyStart), 255)] === 0) return false;
    }
    const key = unescapeJson(text.slice(keyStart, keyEnd));
    this.#name = this.#prefix === "" ? sanitizeLabelName(key) : sanitizeNestedName(this.#prefix, key);
    return this.#required ? this.#mayHold(this.#required) : true;
  }

  value(value: string): boolean {
    const entry = this.#entry;
    if (!entry || this.#name === "") return false;
    const name = parsedLabelName(entry, this.#name);
    if (entry.isChanged(name) || (this.#required && !this.#required.has(name))) return false;
    this.#passes = this.#output.set(entry, name, value);
    return --this.#missing === 0 || !this.#passes;
  }

  object(text: string, start: number, end: number): boolean {
    const outer = this.#prefix;
    if (outer.length > maxPrefix) return false;
    this.#prefix = `${this.#name}_`;
    walkObject(text, { start, end }, this);
    this.#prefix = outer;
    return this.#missing === 0 || !this.#passes;
  }

  #mayHold(required: ReadonlySet<string>): boolean {
    for (const name of required) {
      if (name.startsWith(this.#name)) return true;
    }
    return false;
  }
}

// The key itself, one whose leading digit got a `_`, one that lost to a stream label, or the outer keys of a nested one.
function* keyLengths(name: string): Iterable<number> {
  yield name.length;
  yield name.length - 1;
  if (name.endsWith("_extracted")) yield name.length - "_extracted".length;
  for (let at = name.indexOf("_"); at > 0; at = name.indexOf("_", at + 1)) yield at;
}

// The walk calls itself for a nested object; a line made of braces must not overflow the stack.
const maxPrefix = 2000;

function isRewritten(code: number): boolean {
  return !/[A-Za-z_]/.test(String.fromCharCode(code));
}
