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
    const meets = (row: number): boolean => {
      const results = filters.map(({ fieldName, config }) =>
        meetsCondition(findField(frame, fieldName)?.values[row], config),
      );
      return all ? results.every(Boolean) : results.some(Boolean);
    };
    return pickRows(
      frame,
      [...Array(frameLength(frame)).keys()].filter((row) => meets(row) === include),
    );
  });
}

function meetsCondition(value: unknown, { id, options = {} }: ValueFilter["config"]): boolean {
  const number = Number(value);
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
      return new RegExp(String(options.value)).test(String(value));
    case "substring":
      return String(value).toLowerCase().includes(String(options.value).toLowerCase());
    case "isNull":
      return value === null || value === undefined;
    case "isNotNull":
      return value !== null && value !== undefined;
    default:
      return false;
  }
}
