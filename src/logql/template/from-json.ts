import type { TemplateValue } from "./values.ts";

/** Decode JSON to what a template works with; what cannot be decoded is nil. */
export function parseJsonValue(text: string): TemplateValue {
  try {
    return convert(JSON.parse(text));
  } catch {
    // Loki's fromJson swallows the error as well.
    return null;
  }
}

function convert(value: unknown): TemplateValue {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value === "object" && value !== null) {
    return new Map(Object.entries(value).map(([key, inner]) => [key, convert(inner)]));
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
