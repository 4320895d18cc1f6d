import { formatFloat } from "./go-number.ts";
import { GoTime } from "./go-time.ts";
import { isList, isMap, type TemplateValue } from "./values.ts";

/** Print a value as Go's %v does. */
export function printValue(value: TemplateValue): string {
  if (value === null) return "<nil>";
  if (typeof value === "string") return value;
  if (typeof value === "number") return formatFloat(value);
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (value instanceof GoTime) return value.toString();
  if (isList(value)) return `[${value.map(printValue).join(" ")}]`;
  if (isMap(value))
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${printValue(value.get(key) ?? null)}`)
      .join(" ")}]`;
  return "";
}

/** Print what an action gives: nil is `<no value>` there. */
export function printResult(value: TemplateValue): string {
  return value === null ? "<no value>" : printValue(value);
}

/** The keys of a map in the order Go prints and ranges over them. */
export function sortedKeys(map: ReadonlyMap<string, TemplateValue>): string[] {
  return [...map.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Go's print: a space between operands when neither is a string. */
export function printAll(values: readonly TemplateValue[]): string {
  return values.reduce<string>((text, value, i) => {
    const before = values[i - 1];
    const space = i > 0 && typeof value !== "string" && typeof before !== "string" ? " " : "";
    return text + space + printValue(value);
  }, "");
}
