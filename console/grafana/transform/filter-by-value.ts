import { matchesRegex } from "../field-config.ts";
import { type Frame, frameLength } from "../frame.ts";
import { findField, pickRows } from "./rows.ts";
import type { Options } from "./transform.ts";

interface ValueFilter {
  readonly fieldName: string;
  readonly config: {
    readonly id: string;
    readonly options?: { readonly value?: unknown; readonly from?: number; readonly to?: number };
  };
}

/** Keep or drop the rows whose fields meet any or all conditions. */
export function filterByValue(frames: readonly Frame[], options: Options): readonly Frame[] {
  const filters = (options["filters"] as readonly ValueFilter[] | undefined) ?? [];
  const all = options["match"] === "all";
  const include = options["type"] !== "exclude";
  return frames.map((frame) => {
    // A condition on a field that the frame lacks says nothing of it.
    const conditions = filters.flatMap(({ fieldName, config }) => {
      const field = findField(frame, fieldName);
      return field ? [(row: number): boolean => meetsCondition(field.values[row], config)] : [];
    });
    if (conditions.length === 0) return frame;
    const meets = (row: number): boolean =>
      all ? conditions.every((condition) => condition(row)) : conditions.some((condition) => condition(row));
    const rows = [...Array(frameLength(frame)).keys()];
    return pickRows(
      frame,
      rows.filter((row) => meets(row) === include),
    );
  });
}

function meetsCondition(value: unknown, { id, options = {} }: ValueFilter["config"]): boolean {
  // Nothing is neither small nor large.
  const number = value === null || value === undefined || value === "" ? Number.NaN : Number(value);
  const limit = Number(options.value);
  switch (id) {
    case "greater":
      return number > limit;
    case "greaterOrEqual":
      return number >= limit;
    case "lower":
      return number < limit;
    case "lowerOrEqual":
      return number <= limit;
    case "equal":
      return String(value) === String(options.value);
    case "notEqual":
      return String(value) !== String(options.value);
    case "between":
      return number >= Number(options.from) && number <= Number(options.to);
    case "regex":
      return matchesRegex(String(options.value), String(value ?? ""));
    case "substring":
      return contains(value, options.value);
    case "notSubstring":
      return !contains(value, options.value);
    case "isNull":
      return value === null || value === undefined;
    case "isNotNull":
      return value !== null && value !== undefined;
    default:
      return false;
  }
}

function contains(value: unknown, part: unknown): boolean {
  return String(value ?? "")
    .toLowerCase()
    .includes(String(part ?? "").toLowerCase());
}
