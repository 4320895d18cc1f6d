import { displayName, type Field, type Frame, frameLength } from "../frame.ts";
import { calculate, calculationText } from "../reduce.ts";
import { findField } from "./rows.ts";
import type { Options } from "./transform.ts";

const unaryFunctions: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  exp: Math.exp,
  ln: Math.log,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
};

/** One function of one field, such as its absolute value. */
export function unary(frame: Frame, options: Options): Field | undefined {
  const { operator = "abs", fieldName = "" } = (options["unary"] ?? {}) as {
    readonly operator?: string;
    readonly fieldName?: string;
  };
  const source = findField(frame, fieldName);
  const of = unaryFunctions[operator];
  return source && of && added(`${operator}(${fieldName})`, numbersOf(source).map(of), options);
}

interface Reckoned {
  readonly field?: string;
  readonly reducer?: string;
}

/** The total, or the mean, of a field up to each row. */
export function cumulative(frame: Frame, options: Options): Field | undefined {
  const { field, reducer = "sum" } = (options["cumulative"] ?? {}) as Reckoned;
  const source = sourceOf(frame, field);
  if (!source) return undefined;
  let [total, count] = [0, 0];
  const values = numbersOf(source).map((value) => {
    if (!Number.isNaN(value)) {
      total += value;
      count++;
    }
    return reducer === "mean" ? total / count : total;
  });
  return added(`cumulative ${reducer}(${displayName(source, frame)})`, values, options);
}

/** A calculation over the rows around each row, or up to it. */
export function overWindow(frame: Frame, options: Options): Field | undefined {
  const {
    field,
    reducer = "mean",
    windowAlignment,
    windowSize,
    windowSizeMode,
  } = (options["window"] ?? {}) as Window;
  const source = sourceOf(frame, field);
  if (!source) return undefined;
  const values = numbersOf(source);
  const share = windowSizeMode === "fixed" ? (windowSize ?? 1) : (windowSize ?? 0.1) * values.length;
  const size = Math.max(1, Math.ceil(share));
  const before = windowAlignment === "centered" ? Math.floor(size / 2) : size - 1;
  const reckoned = values.map((_, row) =>
    calculate(reducer, values.slice(Math.max(0, row - before), Math.max(0, row - before + size))),
  );
  const name = `${windowAlignment === "centered" ? "centered" : "trailing"} moving ${calculationText(reducer).toLowerCase()}(${displayName(source, frame)})`;
  return added(name, reckoned, options);
}

interface Window extends Reckoned {
  readonly windowAlignment?: string;
  /** Rows where the mode is fixed; else a share of all, from 0 to 1. */
  readonly windowSize?: number;
  readonly windowSizeMode?: string;
}

/** The number of each row, from 0; or how far down it is, from 0 to 1. */
export function rowIndex(frame: Frame, options: Options): Field {
  const { asPercentile = false } = (options["index"] ?? {}) as { readonly asPercentile?: boolean };
  const count = frameLength(frame);
  const values = [...Array(count).keys()].map((row) => (asPercentile ? row / count : row));
  return added("Row", values, options);
}

function sourceOf(frame: Frame, name: string | undefined): Field | undefined {
  return name === undefined ? frame.fields.find(({ type }) => type === "number") : findField(frame, name);
}

function numbersOf({ values }: Field): number[] {
  return values.map((value) => (value === null || value === undefined ? Number.NaN : Number(value)));
}

function added(name: string, values: readonly number[], options: Options): Field {
  return { name: String(options["alias"] || name), type: "number", values };
}
