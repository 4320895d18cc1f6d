import { displayName, type Field, type Frame, frameLength } from "../frame.ts";
import { calculate, calculationText } from "../reduce.ts";
import { cumulative, overWindow, rowIndex, unary } from "./field-functions.ts";
import { findField } from "./rows.ts";
import type { Options } from "./transform.ts";

interface Binary {
  readonly left?: unknown;
  readonly right?: unknown;
  readonly operator?: string;
}

/** Add a field: fields and numbers combined, a field reckoned on from row to row, or all numbers of a row reduced. */
export function calculateField(frames: readonly Frame[], options: Options): readonly Frame[] {
  const calculation = modes[String(options["mode"] ?? "reduceRow")];
  if (!calculation) return frames;
  return frames.map((frame) => {
    const field = calculation(frame, options);
    if (!field) return frame;
    return {
      ...frame,
      fields:
        options["replaceFields"] === true
          ? [...frame.fields.filter(({ type }) => type === "time"), field]
          : [...frame.fields, field],
    };
  });
}

type Calculation = (frame: Frame, options: Options) => Field | undefined;

const modes: Readonly<Record<string, Calculation>> = {
  reduceRow,
  binary,
  unary,
  cumulativeFunctions: cumulative,
  windowFunctions: overWindow,
  index: rowIndex,
};

function binary(frame: Frame, options: Options): Field {
  const { left, right, operator = "+" } = (options["binary"] ?? {}) as Binary;
  const [a, b] = [operand(frame, left), operand(frame, right)];
  const values = [...Array(frameLength(frame)).keys()].map((row) => compute(a(row), operator, b(row)));
  return {
    name: String(options["alias"] || `${nameOf(left)} ${operator} ${nameOf(right)}`),
    type: "number",
    values,
  };
}

function reduceRow(frame: Frame, options: Options): Field {
  const { include, reducer = "sum" } = (options["reduce"] ?? {}) as {
    readonly include?: readonly string[];
    readonly reducer?: string;
  };
  const fields = frame.fields.filter(
    (field) => field.type === "number" && (!include?.length || include.includes(displayName(field, frame))),
  );
  const values = [...Array(frameLength(frame)).keys()].map((row) =>
    calculate(
      reducer,
      fields.map(({ values: cells }) => Number(cells[row] ?? NaN)),
    ),
  );
  return { name: String(options["alias"] || calculationText(reducer)), type: "number", values };
}

function operand(frame: Frame, side: unknown): (row: number) => number {
  const name = nameOf(side);
  const field = findField(frame, name);
  return field ? (row) => Number(field.values[row] ?? NaN) : () => Number(name);
}

/** Newer dashboards write an operand as an object. */
function nameOf(side: unknown): string {
  if (typeof side !== "object" || side === null) return String(side ?? "");
  const { fixed, matcher } = side as {
    readonly fixed?: string;
    readonly matcher?: { readonly options?: unknown };
  };
  return String(fixed ?? matcher?.options ?? "");
}

function compute(a: number, operator: string, b: number): number {
  switch (operator) {
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
    case "**":
      return a ** b;
    default:
      return a + b;
  }
}
