import { cssColor, thresholdColor } from "./colors.ts";
import type { FieldConfig, ValueMapping } from "./dashboard.ts";
import { formatValue } from "./units.ts";
import { visibleText } from "./visible-text.ts";

export interface DisplayValue {
  readonly text: string;
  readonly suffix: string;
  /** CSS, when thresholds, a mapping or a fixed colour give one. */
  readonly color?: string;
}

/** What a value looks like under a field's configuration: mapped, formatted, coloured. */
export function displayValue(value: unknown, config: FieldConfig = {}): DisplayValue {
  const mapped = findMapping(value, config.mappings ?? []);
  const color = mapped?.color === undefined ? colorOf(value, config) : cssColor(mapped.color);
  const shown = mapped?.text === undefined ? format(value, config) : { text: mapped.text, suffix: "" };
  return { ...shown, ...(color !== undefined && { color }) };
}

function format(value: unknown, config: FieldConfig): { readonly text: string; readonly suffix: string } {
  if (value === null || value === undefined || value === "" || Number.isNaN(value)) {
    return { text: config.noValue ?? (typeof value === "string" ? "" : "–"), suffix: "" };
  }
  if (typeof value === "number") return formatValue(value, config.unit, config.decimals);
  return { text: visibleText(typeof value === "object" ? JSON.stringify(value) : String(value)), suffix: "" };
}

function colorOf(value: unknown, config: FieldConfig): string | undefined {
  if (config.color?.mode === "fixed" && config.color.fixedColor) return cssColor(config.color.fixedColor);
  if (typeof value !== "number" || (config.color?.mode !== undefined && config.color.mode !== "thresholds"))
    return undefined;
  const low = config.min ?? 0;
  return thresholdColor(config.thresholds, value, (value - low) / ((config.max ?? 100) - low));
}

interface MappingResult {
  readonly text?: string;
  readonly color?: string;
}

function findMapping(value: unknown, mappings: readonly ValueMapping[]): MappingResult | undefined {
  for (const { type, options } of mappings) {
    const found =
      type === "value" ? (options[String(value)] as MappingResult | undefined) : test(type, options, value);
    if (found) return found;
  }
  return undefined;
}

function test(
  type: string,
  options: Readonly<Record<string, unknown>>,
  value: unknown,
): MappingResult | undefined {
  const result = options["result"] as MappingResult | undefined;
  switch (type) {
    case "range": {
      const from = (options["from"] as number | null | undefined) ?? -Infinity;
      const to = (options["to"] as number | null | undefined) ?? Infinity;
      return typeof value === "number" && value >= from && value <= to ? result : undefined;
    }
    case "regex": {
      const pattern = /^\/(.*)\/(\w*)$/s.exec(String(options["pattern"]));
      const regex = new RegExp(pattern?.[1] ?? String(options["pattern"]), pattern?.[2]);
      const text = result?.text === undefined ? undefined : String(value).replace(regex, result.text);
      return regex.test(String(value)) ? { ...result, ...(text !== undefined && { text }) } : undefined;
    }
    case "special":
      return isSpecial(String(options["match"]), value) ? result : undefined;
    default:
      return undefined;
  }
}

function isSpecial(match: string, value: unknown): boolean {
  const empty = value === null || value === undefined;
  const notNumber = typeof value === "number" && Number.isNaN(value);
  if (match === "null") return empty;
  if (match === "nan") return notNumber;
  if (match === "null+nan") return empty || notNumber;
  if (match === "empty") return value === "";
  return match === String(value);
}
