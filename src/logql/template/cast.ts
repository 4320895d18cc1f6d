import { GoTime } from "./go-time.ts";
import { isList, TemplateRunError, type TemplateValue } from "./values.ts";

/** Read an argument as a string; any other type is an error, as in Go. */
export function asText(value: TemplateValue | undefined): string {
  if (typeof value === "string") return value;
  throw new TemplateRunError(`wrong type for value; expected string; got ${goType(value)}`);
}

/** Read an argument as an int; a string is an error here. */
export function asInt(value: TemplateValue | undefined): number {
  if (typeof value === "bigint") return Number(value);
  throw new TemplateRunError(`wrong type for value; expected int; got ${goType(value)}`);
}

export function asTime(value: TemplateValue | undefined): GoTime {
  if (value instanceof GoTime) return value;
  throw new TemplateRunError(`wrong type for value; expected time.Time; got ${goType(value)}`);
}

/** Convert anything to an int64; what is no number is 0. */
export function toInt64(value: TemplateValue | undefined): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
  if (typeof value !== "string") return 0n;
  const digits = joined(value.replace(/^([+-]?[0-9]+)\.[0-9]*$/, "$1"));
  if (!/^[+-]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9][0-9]*)$/.test(digits)) return 0n;
  const size = BigInt(digits.replace(/^[+-]/, "").replace(/^0([0-7]+)$/, "0o$1"));
  return BigInt.asIntN(64, digits.startsWith("-") ? -size : size);
}

/** Convert anything to a float64; what is no number is 0. */
export function toFloat64(value: TemplateValue | undefined): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string" || value.trim() === "") return 0;
  return parseGoFloat(joined(value)) ?? 0;
}

/** A number without the underscores that Go allows between digits, and after the letter of a base. */
function joined(text: string): string {
  return text.replace(/(?<=[0-9a-fA-F]|0[xXbBoO])_(?=[0-9a-fA-F])/g, "");
}

// The numbers of Go's ParseFloat: a hexadecimal one has an exponent.
function parseGoFloat(text: string): number | undefined {
  const special = /^([+-]?)(?:(inf|infinity)|nan)$/i.exec(text);
  if (special) return special[2] ? (special[1] === "-" ? -Infinity : Infinity) : Number.NaN;
  const hex = /^([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?[0-9]+)$/i.exec(text);
  if (hex) {
    const [, sign, whole = "", part = "", exponent] = hex;
    if (whole + part === "") return undefined;
    const size = Number.parseInt(whole + part, 16) * 2 ** (Number(exponent) - 4 * part.length);
    return sign === "-" ? -size : size;
  }
  const decimal = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i.test(text)
    ? Number(text)
    : Infinity;
  return Number.isFinite(decimal) ? decimal : undefined;
}

function goType(value: TemplateValue | undefined): string {
  if (value === undefined || value === null) return "<nil>";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return "float64";
  if (typeof value === "boolean") return "bool";
  if (value instanceof GoTime) return "time.Time";
  return isList(value) ? "[]interface {}" : typeof value === "string" ? "string" : "map[string]interface {}";
}
