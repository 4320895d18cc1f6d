import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type Scalar } from "yaml";
import { LogqlError } from "../logql/index.ts";
import { layout } from "./layout.ts";
import { parseRuleFile } from "./parse-rule-file.ts";
import { problemText } from "./problem.ts";

/** Format the LogQL of a rule file; nothing else of its text changes. */
export function formatRuleFile(
  text: string,
  path: string,
): { readonly text: string; readonly problems: string[] } {
  const { file, problems } = parseRuleFile(text, path);
  if (problems.length > 0) return { text, problems: problems.map(problemText) };
  if (file.language === "promql") return { text, problems: [] };
  const edits = expressionsOf(parseDocument(text).contents).map((scalar) => editOf(scalar, text));
  return { text: applied(edits, text), problems: [] };
}

// Pieces are joined once: a file of many rules would else be copied for each of them.
function applied(edits: readonly Edit[], text: string): string {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, by } of edits.toSorted((a, b) => a.from - b.from)) {
    pieces.push(text.slice(at, from), by.replace(/\r?\n/g, lineEnd));
    at = to;
  }
  return pieces.join("") + text.slice(at);
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

function expressionsOf(root: Node | null): Scalar<string>[] {
  const rules = items(member(root, "groups")).flatMap((group) => items(member(group, "rules")));
  return rules.map((rule) => member(rule, "expr")).filter(isText);
}

function editOf(scalar: Scalar<string>, text: string): Edit {
  const [from, to] = scalar.range ?? [0, 0, 0];
  const unchanged = { from, to, by: text.slice(from, to) };
  if (hasComment(scalar.value)) return unchanged;
  const lines = layoutOf(scalar.value).split("\n");
  if (lines.join("\n") === scalar.value.trim()) return unchanged;
  const block = scalar.type === "BLOCK_LITERAL" || scalar.type === "BLOCK_FOLDED";
  const lineStart = text.lastIndexOf("\n", from - 1) + 1;
  const column = /^[\s-]*/.exec(text.slice(lineStart, from))?.[0].length ?? 0;
  const indent = " ".repeat(column + 2);
  if (lines.length === 1 && !block) return { from, to, by: plainOrQuoted(lines[0] ?? "") };
  const body = lines.map((line) => `${indent}${line}`).join("\n");
  const end = block && text.slice(from, to).endsWith("\n") ? "\n" : "";
  return { from, to, by: `|\n${body}${end}` };
}

// Text that YAML would read otherwise goes in quotes.
function plainOrQuoted(text: string): string {
  if (!/^[{["'`|>*&!%@#,?-]|: | #|[:\s]$/.test(text)) return text;
  return `'${text.replaceAll("'", "''")}'`;
}

function layoutOf(expr: string): string {
  try {
    return layout(expr);
  } catch (error) {
    if (error instanceof LogqlError) return expr.trim(); // Reported by parseRuleFile.
    throw error;
  }
}

function hasComment(expr: string): boolean {
  return expr.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, "").includes("#");
}

function member(node: unknown, key: string): unknown {
  if (!isMap(node)) return undefined;
  return node.items.find((pair: Pair) => isScalar(pair.key) && pair.key.value === key)?.value;
}

function items(node: unknown): unknown[] {
  return isSeq(node) ? node.items : [];
}

function isText(node: unknown): node is Scalar<string> {
  return isScalar(node) && typeof node.value === "string";
}
