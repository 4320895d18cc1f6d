import { TemplateRunError } from "./values.ts";

/** An exact decimal: `units` times ten to the power of minus `scale`. */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Add, subtract, multiply or divide as decimals, so that 0.1 and 0.2 make 0.3, as the functions ending in `f` do. */
export function decimalOperation(operator: "+" | "-" | "*" | "/", left: number, right: number): number {
  if (!Number.isFinite(left) || !Number.isFinite(right))
    throw new TemplateRunError("cannot create a Decimal from a non-finite number");
  const [a, b] = [toDecimal(left), toDecimal(right)];
  if (operator === "*") return toNumber({ units: a.units * b.units, scale: a.scale + b.scale });
  if (operator === "/") return toNumber(divide(a, b));
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [rescaled(a, scale), rescaled(b, scale)];
  return toNumber({ units: operator === "+" ? x + y : x - y, scale });
}

const divisionDigits = 16;

function toDecimal(value: number): Decimal {
  const [mantissa = "0", exponent = "0"] = value.toExponential().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

function toNumber({ units, scale }: Decimal): number {
  return Number(`${units}e-${scale}`);
}

function rescaled({ units, scale }: Decimal, to: number): bigint {
  return units * 10n ** BigInt(to - scale);
}

// Half away from zero at the sixteenth digit after the point.
function divide(a: Decimal, b: Decimal): Decimal {
  if (b.units === 0n) throw new TemplateRunError("decimal division by 0");
  const numerator = a.units * 10n ** BigInt(b.scale + divisionDigits);
  const denominator = b.units * 10n ** BigInt(a.scale);
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const units = (n * 2n + d) / (d * 2n);
  return { units: negative ? -units : units, scale: divisionDigits };
}
