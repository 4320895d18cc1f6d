/** What an arithmetic operator makes of two numbers. */
export function calculate(operator: string, left: number, right: number): number {
  return arithmetic[operator]?.(left, right) ?? Number.NaN;
}

// Unlike in Loki, a division by zero is an infinity.
const arithmetic: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
  "^": power,
  atan2: Math.atan2,
};

// C and Go have 1 where JavaScript has NaN.
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent))) return 1;
  return base ** exponent;
}
