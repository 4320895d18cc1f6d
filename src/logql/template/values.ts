import type { GoTime } from "./go-time.ts";

/** What a template computes with: Go's int64 is a bigint, its float64 a number. */
export type TemplateValue =
  | string
  | bigint
  | number
  | boolean
  | null
  | GoTime
  | readonly TemplateValue[]
  | ReadonlyMap<string, TemplateValue>;

/** A template that fails while it runs. */
export class TemplateRunError extends Error {}

/** Whether a value counts as true for if, and, or. */
export function isTruthy(value: TemplateValue): boolean {
  if (value === null) return false;
  if (typeof value === "string") return value !== "";
  if (typeof value === "bigint") return value !== 0n;
  if (typeof value === "number") return value !== 0;
  if (typeof value === "boolean") return value;
  if (isList(value)) return value.length > 0;
  return value instanceof Map ? value.size > 0 : true;
}

export function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value);
}

export function isMap(value: TemplateValue): value is ReadonlyMap<string, TemplateValue> {
  return value instanceof Map;
}
