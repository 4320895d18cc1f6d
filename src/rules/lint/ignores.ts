import type { Rule } from "../rule-file.ts";

/** A comment that silences lints, for one rule or for the file. */
export interface Ignore {
  readonly line: number;
  readonly codes: readonly string[];
  readonly reason: string;
  /** Undefined for the whole file. */
  readonly rule: Rule | undefined;
}

const comment = /#\s*taffrail-ignore(-file)?\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?::\s*(.*?))?\s*$/;

/**
 * Read the comments `# taffrail-ignore CODE[, CODE…]: reason` and `# taffrail-ignore-file …`. One that stands right above a
 * rule belongs to it; any other to the rule around it.
 */
export function ignoresIn(text: string, rules: readonly Rule[]): Ignore[] {
  const lines = text.split("\n");
  const ordered = [...rules].sort((a, b) => a.line - b.line);
  return lines.flatMap((content, i) => {
    const found = comment.exec(content);
    if (!found) return [];
    const codes = (found[2] ?? "").split(/\s*,\s*/);
    const rule = found[1] === undefined ? ruleAt(i + 1, lines, ordered) : undefined;
    if (found[1] === undefined && !rule) return [];
    return [{ line: i + 1, codes, reason: found[3] ?? "", rule }];
  });
}

function ruleAt(line: number, lines: readonly string[], rules: readonly Rule[]): Rule | undefined {
  let next = line;
  if (/^\s*#/.test(lines[line - 1] ?? "")) while (/^\s*(?:#.*)?$/.test(lines[next] ?? "x")) next++;
  const below = rules.find((rule) => rule.line === next + 1);
  return below ?? rules.findLast((rule) => rule.line <= line);
}
