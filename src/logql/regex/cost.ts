import { emitSet } from "./emit.ts";
import type { Regex } from "./syntax.ts";

/** What backtracking over a text of n characters may cost at worst: branches × n to the power of degree. */
export interface Cost {
  readonly degree: number;
  readonly branches: number;
}

/** Bound the steps a backtracking matcher can take. An exponential pattern has infinite branches. */
export function backtrackingCost(root: Regex): Cost {
  const inner = cost(root);
  return startsAnchored(root) ? inner : { ...inner, degree: inner.degree + 1 };
}

/** Whether a capture group stands under a repetition, where JavaScript forgets it at each turn and RE2 does not. */
export function capturesInLoop(node: Regex, looped = false): boolean {
  if (node.kind === "capture") return looped || capturesInLoop(node.inner, looped);
  if (node.kind === "repeat") return capturesInLoop(node.inner, looped || node.max > 1);
  return (
    (node.kind === "sequence" || node.kind === "choice") &&
    node.parts.some((part) => capturesInLoop(part, looped))
  );
}

function cost(node: Regex): Cost {
  switch (node.kind) {
    case "capture":
      return cost(node.inner);
    case "sequence":
      return node.parts.map(cost).reduce(product, { degree: 0, branches: 1 });
    case "choice":
      return choiceCost(node.parts);
    case "repeat":
      return repeatCost(cost(node.inner), node.min, node.max);
    default:
      return { degree: 0, branches: 1 };
  }
}

function product(left: Cost, right: Cost): Cost {
  return { degree: left.degree + right.degree, branches: left.branches * right.branches };
}

// Alternatives that start with different characters leave no choice to come back to.
function choiceCost(parts: readonly Regex[]): Cost {
  const costs = parts.map(cost);
  const branches = costs.map((each) => each.branches);
  const degree = Math.max(...costs.map((each) => each.degree));
  const disjoint = firstCharactersDiffer(parts);
  return {
    degree,
    branches: disjoint ? Math.max(...branches) : branches.reduce((sum, each) => sum + each, 0),
  };
}

function repeatCost(inner: Cost, min: number, max: number): Cost {
  const plain = inner.branches === 1 && inner.degree === 0;
  if (max === Infinity) return plain ? { degree: 1, branches: 1 } : { degree: Infinity, branches: Infinity };
  if (plain) return { degree: 0, branches: max - min + 1 };
  return { degree: inner.degree * max, branches: (max - min + 1) * inner.branches ** max };
}

function firstCharactersDiffer(parts: readonly Regex[]): boolean {
  const firsts = parts.map(firstSet);
  for (let code = 0; code < 128; code++) {
    const char = String.fromCharCode(code);
    if (firsts.filter((first) => first === undefined || first.test(char)).length > 1) return false;
  }
  return firsts.every((first) => first !== undefined);
}

function firstSet(node: Regex): RegExp | undefined {
  if (node.kind === "literal") {
    const char = String.fromCodePoint(node.code);
    return node.code < 128 && !node.fold
      ? new RegExp(`[\\u{${node.code.toString(16)}}]`, "u")
      : node.fold && node.code < 128
        ? new RegExp(`[${classOf(char)}]`, "u")
        : undefined;
  }
  if (node.kind === "set") return new RegExp(emitSet(node.set), "u");
  if (node.kind === "capture") return firstSet(node.inner);
  if (node.kind === "sequence") return node.parts[0] ? firstSet(node.parts[0]) : undefined;
  return node.kind === "repeat" && node.min > 0 ? firstSet(node.inner) : undefined;
}

function classOf(char: string): string {
  return [char.toLowerCase(), char.toUpperCase()]
    .map((one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`)
    .join("");
}

function startsAnchored(node: Regex): boolean {
  if (node.kind === "assert") return node.what === "text-start";
  if (node.kind === "capture") return startsAnchored(node.inner);
  if (node.kind === "choice") return node.parts.every(startsAnchored);
  return node.kind === "sequence" && node.parts[0] !== undefined && startsAnchored(node.parts[0]);
}
