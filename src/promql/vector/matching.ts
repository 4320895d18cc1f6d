import {
  compareBool,
  comparisonOperators,
  emptyRow,
  type LabelSet,
  type Matrix,
  type SeriesRow,
} from "../../logql/parts.ts";
import { PromqlError } from "../errors.ts";
import type { BinaryOperation } from "../syntax/ast.ts";
import { calculate } from "./arithmetic.ts";
import { distinctRows, withoutName } from "./names.ts";

interface Sides {
  readonly left: Matrix;
  readonly right: Matrix;
  /** The labels that are compared. */
  readonly signature: (labels: LabelSet) => LabelSet;
}

/** Combine two vectors, sample by sample whose compared labels are equal. */
export function combineVectors(node: BinaryOperation, { left, right, signature }: Sides): Matrix {
  const swapped = node.matching?.cardinality === "one-to-many";
  const [many, one] = swapped ? [right, left] : [left, right];
  const ones = groupOnes(one.rows, {
    signature,
    asked: stepsWithSamples(many.rows),
    side: swapped ? "left" : "right",
  });
  const rows = new Map<string, SeriesRow>();
  const matched = new Map<string, Uint8Array>();
  for (const row of many.rows) {
    const { key } = signature(row.labels);
    for (const partner of ones.get(key) ?? []) {
      const labels = resultLabels(node, signature, [row.labels, partner.labels]);
      const name = `${key}\u0002${labels.key}`;
      combinePair(node, swapped ? [partner, row] : [row, partner], {
        row: kept(rows, name, () => emptyRow(labels, row.values.length)),
        matched: kept(matched, isGrouped(node) ? name : key, () => new Uint8Array(row.values.length)),
      });
    }
  }
  return { kind: "matrix", rows: distinctRows([...rows.values()].filter((row) => row.present.includes(1))) };
}

interface Target {
  readonly row: SeriesRow;
  /** Steps at which a pair was combined already, be it that a comparison left nothing. */
  readonly matched: Uint8Array;
}

function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

function isGrouped({ matching }: BinaryOperation): boolean {
  return matching !== undefined && matching.cardinality !== "one-to-one";
}

function stepsWithSamples(rows: readonly SeriesRow[]): Uint8Array {
  const steps = new Uint8Array(rows[0]?.present.length ?? 0);
  for (const { present } of rows) {
    for (let step = 0; step < steps.length; step++) steps[step] = (steps[step] ?? 0) | (present[step] ?? 0);
  }
  return steps;
}

interface Grouping {
  readonly signature: Sides["signature"];
  /** Steps at which the other side has any sample; elsewhere nothing is matched, and nothing wrong. */
  readonly asked: Uint8Array;
  readonly side: string;
}

function groupOnes(
  rows: readonly SeriesRow[],
  { signature, asked, side }: Grouping,
): Map<string, SeriesRow[]> {
  const index = new Map<string, SeriesRow[]>();
  for (const row of rows) {
    const group = signature(row.labels);
    const others = index.get(group.key) ?? [];
    const twin = others.find((other) =>
      other.present.some((here, step) => here && row.present[step] && asked[step]),
    );
    if (twin) throw duplicate(group, { side, pair: [row.labels, twin.labels] });
    others.push(row);
    index.set(group.key, others);
  }
  return index;
}

function duplicate(
  group: LabelSet,
  { side, pair }: { readonly side: string; readonly pair: readonly LabelSet[] },
): PromqlError {
  const [first = "", second = ""] = pair.map(String).sort();
  return new PromqlError(
    "execution",
    `found duplicate series for the match group ${group} on the ${side} hand-side of the operation: ` +
      `[${first}, ${second}];many-to-many matching not allowed: matching labels must be unique on one side`,
  );
}

function resultLabels(
  node: BinaryOperation,
  signature: Sides["signature"],
  [many, one]: readonly [LabelSet, LabelSet],
): LabelSet {
  const { matching } = node;
  const drops = node.bool || !comparisonOperators.has(node.operator);
  const named = drops ? withoutName(many) : many;
  if (matching && matching.cardinality !== "one-to-one") {
    return matching.include.reduce((labels, name) => labels.with(name, one.get(name) ?? ""), named);
  }
  if (matching?.on) return signature(named);
  return named.filter((name) => !matching?.names.includes(name));
}

function combinePair(
  node: BinaryOperation,
  [left, right]: readonly [SeriesRow, SeriesRow],
  { row, matched }: Target,
): void {
  const comparison = comparisonOperators.has(node.operator);
  for (let step = 0; step < left.values.length; step++) {
    if (!left.present[step] || !right.present[step]) continue;
    if (matched[step]) throw multipleMatches(node);
    matched[step] = 1;
    const [a, b] = [left.values[step] ?? 0, right.values[step] ?? 0];
    const holds = comparison && compareBool(node.operator, a, b) === 1;
    if (comparison && !holds && !node.bool) continue;
    row.values[step] = node.bool ? Number(holds) : comparison ? a : calculate(node.operator, a, b);
    row.present[step] = 1;
  }
}

function multipleMatches(node: BinaryOperation): PromqlError {
  return new PromqlError(
    "execution",
    isGrouped(node)
      ? "multiple matches for labels: grouping labels must ensure unique matches"
      : "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
  );
}
