import { parseRegex } from "../regex/parse-regex.ts";
import { compileRe2 } from "../regex/re2.ts";
import type { Regex } from "../regex/syntax.ts";

type ValueTest = (value: string) => boolean;

/**
 * The test of a label filter's regular expression. It must match the whole value; but as Loki 3.7 answers, one that is
 * plain text with `.*` before or after looks for the text anywhere, and `.*`, `.+` and the empty one take newlines too.
 */
export function labelPatternTest(pattern: string, plainTextAnywhere: boolean): ValueTest {
  const simple = plainTextAnywhere ? simpleTest(parseRegex(pattern, false).root) : undefined;
  if (simple) return simple;
  const regex = compileRe2(pattern, { anchored: true });
  return (value) => regex.test(value);
}

function simpleTest(regex: Regex): ValueTest | undefined {
  const root = uncaptured(regex);
  if (root.kind !== "choice") return soleTest(root);
  if (root.parts.every(isEmpty)) return () => true;
  const tests = sharesStart(root.parts) ? [undefined] : root.parts.map(branchTest);
  return tests.includes(undefined) ? undefined : (value) => tests.some((test) => test?.(value));
}

function soleTest(regex: Regex): ValueTest | undefined {
  if (isEmpty(regex) || isAny(regex, 0)) return () => true;
  if (isAny(regex, 1)) return (value) => value !== "";
  return containing(regex);
}

// Among alternatives `.*` and the empty one match nothing, and plain text is compared with the whole value.
function branchTest(branch: Regex): ValueTest | undefined {
  if (isEmpty(branch) || isAny(branch, 0)) return () => false;
  const text = plainText(branch);
  return text ? (value) => text.normalize(value) === text.text : containing(branch);
}

interface PlainText {
  readonly text: string;
  readonly fold: boolean;
  readonly normalize: (value: string) => string;
}

// One run of plain text, and at least one `.*` beside it.
function containing(regex: Regex): ValueTest | undefined {
  if (regex.kind !== "sequence") return undefined;
  const rest = regex.parts.filter((part) => !isAny(part, 0) && !isEmpty(part));
  if (rest.length === 0) return regex.parts.some((part) => isAny(part, 0)) ? () => true : undefined;
  const from = regex.parts.indexOf(rest[0] as Regex);
  const together = rest.every((part, i) => regex.parts[from + i] === part);
  const [only] = rest;
  const text = plainText(rest.length === 1 && only ? uncaptured(only) : { kind: "sequence", parts: rest });
  if (!together || !text || !regex.parts.some((part) => isAny(part, 0))) return undefined;
  return (value) => text.normalize(value).includes(text.text);
}

function plainText(regex: Regex): PlainText | undefined {
  const parts = regex.kind === "sequence" ? regex.parts : [regex];
  const characters = parts.map(character);
  const fold = characters[0]?.fold ?? false;
  if (parts.length === 0 || characters.some((found) => found?.fold !== fold)) return undefined;
  const normalize = (value: string): string => (fold ? value.toLowerCase() : value);
  return { text: normalize(characters.map((found) => found?.text).join("")), fold, normalize };
}

function character(regex: Regex): { text: string; fold: boolean } | undefined {
  if (regex.kind === "literal") return { text: String.fromCodePoint(regex.code), fold: regex.fold };
  // A class of one character is that character.
  if (regex.kind !== "set" || regex.set.negated) return undefined;
  const code = /^\\u\{([0-9a-f]+)\}$/.exec(regex.set.items)?.[1];
  return code ? { text: String.fromCodePoint(Number.parseInt(code, 16)), fold: regex.set.fold } : undefined;
}

// `.*` is 0 or more, `.+` 1 or more; with the flag s they are left to the regular expression.
function isAny(regex: Regex, min: number): boolean {
  const inner = uncaptured(regex);
  if (inner.kind !== "repeat" || inner.min !== min || inner.max !== Infinity) return false;
  return inner.inner.kind === "set" && inner.inner.set.negated && inner.inner.set.items === "\\n";
}

/** Whether a pattern is empty, or simplifies to it. */
export function isEmptyPattern(pattern: string): boolean {
  const root = uncaptured(parseRegex(pattern, false).root);
  return root.kind === "choice" ? root.parts.every(isEmpty) : isEmpty(root);
}

function isEmpty(regex: Regex): boolean {
  const inner = uncaptured(regex);
  if (inner.kind === "repeat") return inner.max === 0;
  return inner.kind === "sequence" && inner.parts.length === 0;
}

// RE2 puts a common start before the alternatives; what is then left is no plain text.
function sharesStart(branches: readonly Regex[]): boolean {
  const starts = branches.map((branch) => (branch.kind === "sequence" ? branch.parts[0] : branch));
  return starts.some((start, i) => {
    const next = starts[i + 1];
    return start?.kind === "literal" && next?.kind === "literal" && start.code === next.code;
  });
}

// A group in brackets, capturing or not, counts as what it holds.
function uncaptured(regex: Regex): Regex {
  if (regex.kind === "capture") return uncaptured(regex.inner);
  const [only] = regex.kind === "sequence" ? regex.parts : [];
  return regex.kind === "sequence" && regex.parts.length === 1 && only ? uncaptured(only) : regex;
}
