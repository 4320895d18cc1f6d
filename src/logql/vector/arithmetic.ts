/** What a binary operator makes of two numbers; undefined where a comparison fails and filters. */
export function applyOperator(operator: string, left: number, right: number): number | undefined {
  const compare = comparisons[operator];
  if (compare) return compare(left, right) ? left : undefined;
  return arithmetic[operator]?.(left, right);
}

/** 1 or 0 for a comparison; undefined for any other operator. */
export function compareBool(operator: string, left: number, right: number): number | undefined {
  const compare = comparisons[operator];
  return compare && (compare(left, right) ? 1 : 0);
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
};

// A division by zero is NaN in Loki, where Prometheus gives an infinity.
const arithmetic: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => (right === 0 ? Number.NaN : left / right),
  "%": (left, right) => (right === 0 ? Number.NaN : left % right),
  "^": (left, right) => left ** right,
};
