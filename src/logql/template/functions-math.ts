import { asInt, toFloat64, toInt64 } from "./cast.ts";
import { decimalOperation } from "./decimal.ts";
import type { TemplateFunction } from "./functions.ts";
import { TemplateRunError, type TemplateValue } from "./values.ts";

/** The functions on numbers: plain names work on int64, those with an `f` on float64. */
export const mathFunctions: Readonly<Record<string, TemplateFunction>> = {
  add: {
    min: 0,
    max: Infinity,
    call: (args) => wrap(args.map(toInt64).reduce((sum, value) => sum + value, 0n)),
  },
  sub: integers((a, b) => a - b),
  mul: {
    min: 1,
    max: Infinity,
    call: (args) => wrap(args.map(toInt64).reduce((product, value) => wrap(product * value), 1n)),
  },
  div: integers((a, b) => a / nonZero(b)),
  mod: integers((a, b) => a % nonZero(b)),
  max: {
    min: 1,
    max: Infinity,
    call: (args) => args.map(toInt64).reduce(larger),
  },
  min: {
    min: 1,
    max: Infinity,
    call: (args) => args.map(toInt64).reduce(smaller),
  },
  addf: {
    min: 0,
    max: Infinity,
    call: (args) => args.map(toFloat64).reduce((sum, value) => decimalOperation("+", sum, value), 0),
  },
  subf: floats((a, b) => decimalOperation("-", a, b)),
  mulf: floats((a, b) => decimalOperation("*", a, b)),
  divf: floats((a, b) => decimalOperation("/", a, b)),
  // As in Go, an infinity of the right sign wins over NaN.
  maxf: floats((a, b) => (a === Infinity || b === Infinity ? Infinity : Math.max(a, b))),
  minf: floats((a, b) => (a === -Infinity || b === -Infinity ? -Infinity : Math.min(a, b))),
  ceil: { min: 1, max: 1, call: ([value]) => Math.ceil(toFloat64(value)) },
  floor: { min: 1, max: 1, call: ([value]) => Math.floor(toFloat64(value)) },
  round: {
    min: 2,
    max: 3,
    call: ([value, digits, on]) =>
      round(toFloat64(value), asInt(digits), on === undefined ? 0.5 : toFloat64(on)),
  },
  int: { min: 1, max: 1, call: ([value]) => toInt64(value) },
  float64: { min: 1, max: 1, call: ([value]) => toFloat64(value) },
};

function integers(combine: (a: bigint, b: bigint) => bigint): TemplateFunction {
  return { min: 2, max: 2, call: ([a, b]) => wrap(combine(toInt64(a), toInt64(b))) };
}

function floats(combine: (a: number, b: number) => number): TemplateFunction {
  return {
    min: 1,
    max: Infinity,
    call: (args) => args.map(toFloat64).reduce((left, right) => combine(left, right)) as TemplateValue,
  };
}

// Math.max takes no bigint.
function larger(a: bigint, b: bigint): bigint {
  if (a < b) return b;
  return a;
}

function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function nonZero(value: bigint): bigint {
  if (value === 0n) throw new TemplateRunError("runtime error: integer divide by zero");
  return value;
}

function round(value: number, digits: number, on: number): number {
  const scale = 10 ** digits;
  const scaled = value * scale;
  const whole = Math.trunc(scaled);
  const rest = Math.abs(scaled - whole);
  const rounded =
    value >= 0
      ? rest >= on
        ? Math.ceil(scaled)
        : Math.floor(scaled)
      : rest >= on
        ? Math.floor(scaled)
        : Math.ceil(scaled);
  return rounded / scale;
}
