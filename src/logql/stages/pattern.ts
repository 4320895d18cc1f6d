import type { Entry } from "../labels/entry.ts";
import { parsedLabelName } from "./label-name.ts";
import type { ParserOutput } from "./parser-output.ts";
import { type PatternPart, parsePattern } from "./pattern-expression.ts";
import type { StageRunner } from "./stage-runner.ts";

/** `| pattern`: captures run to the next literal; when that is missing, to the end of the line, and it stops. */
export function patternStage(pattern: string, output: ParserOutput): StageRunner {
  const parts = parsePattern(pattern);
  return (entry) => entry.line === "" || extract(parts, entry, output);
}

/** The test of `|>`: the pattern must reach the end of the line, each capture at least one character. */
export function patternTest(pattern: string): (line: string) => boolean {
  const parts = parsePattern(pattern);
  return (line) => matches(parts, line);
}

function extract(parts: readonly PatternPart[], entry: Entry, output: ParserOutput): boolean {
  const { line } = entry;
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (part?.kind === "literal") {
      if (!line.startsWith(part.text, at)) return true;
      at += part.text.length;
      continue;
    }
    const next = parts[i + 1];
    const found = next?.kind === "literal" ? line.indexOf(next.text, at) : -1;
    const end = found < 0 ? line.length : found;
    const label = part?.name && parsedLabelName(entry, part.name);
    const isNew = label && !entry.isChanged(label);
    if (isNew && !output.set(entry, label, line.slice(at, end))) return false;
    if (found < 0) return true;
    at = end;
  }
  return true;
}

function matches(parts: readonly PatternPart[], line: string): boolean {
  if (parts.length === 0) return line === "";
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if (part.kind === "capture") {
      if (i === parts.length - 1) return at < line.length;
      continue;
    }
    const found = line.indexOf(part.text, at);
    if (found < 0 || (i > 0 && found === at)) return false;
    at = found + part.text.length;
  }
  return at === line.length;
}
