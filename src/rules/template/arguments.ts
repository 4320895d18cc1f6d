import { GoTemplateError, type TemplateValue } from "../../logql/index.ts";
import { parseDurationMs } from "../duration.ts";

/** A list, such as query gives. */
export function list(value: TemplateValue | undefined): readonly TemplateValue[] {
  if (Array.isArray(value)) return value;
  throw new GoTemplateError("expected a list of samples");
}

/** A text; any other kind is an error, as in Go. */
export function text(value: TemplateValue | undefined): string {
  if (typeof value === "string") return value;
  throw new GoTemplateError(`wrong type for value; expected string; got ${goType(value)}`);
}

/** A number, or a text that reads as one. */
export function number(value: TemplateValue | undefined): number {
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  if (typeof value !== "string") throw new GoTemplateError(`can't convert ${goType(value)} to float`);
  const parsed = /^[+-]?inf(inity)?$/i.test(value)
    ? value.startsWith("-")
      ? -Infinity
      : Infinity
    : Number(value);
  const isNumber = value.trim() === value && value !== "" && (!Number.isNaN(parsed) || /^nan$/i.test(value));
  if (isNumber) return parsed;
  throw new GoTemplateError(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`);
}

function goType(value: TemplateValue | undefined): string {
  if (typeof value === "number") return "float64";
  if (typeof value === "bigint") return "int";
  return typeof value === "boolean" ? "bool" : "value";
}

/** Seconds of a duration as Prometheus writes it, with a sign perhaps. */
export function seconds(duration: string): number {
  const ms = parseDurationMs(duration.replace(/^[+-]/, ""));
  if (ms === undefined) throw new GoTemplateError(`not a valid duration string: ${JSON.stringify(duration)}`);
  return (duration.startsWith("-") ? -ms : ms) / 1000;
}
