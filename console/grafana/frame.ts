import type { FieldConfig } from "./dashboard.ts";

export type FieldType = "time" | "number" | "string" | "other";

/** One column. Times are milliseconds since 1970. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly values: readonly unknown[];
  readonly labels?: Readonly<Record<string, string>>;
  /** What the query's legend format made of the labels. */
  readonly legend?: string;
  readonly config?: FieldConfig;
}

/** One table of a query's answer. */
export interface Frame {
  readonly refId: string;
  readonly fields: readonly Field[];
}

export function frameLength(frame: Frame): number {
  return frame.fields.reduce((longest, field) => Math.max(longest, field.values.length), 0);
}

/**
 * The name a field shows by: an override's or default's, the legend, its own name with its labels. A legend of labels
 * that the series has not is empty, and counts as none, as in Grafana.
 */
export function displayName(field: Field, frame: Frame): string {
  const configured = field.config?.displayName;
  if (configured) return fillName(configured, field);
  if (field.legend?.trim()) return field.legend;
  if (!field.labels || Object.keys(field.labels).length === 0) return field.name;
  const numbers = frame.fields.filter(({ type }) => type === "number").length;
  return numbers > 1 ? `${field.name} ${labelText(field.labels)}` : labelText(field.labels);
}

/** `{a="b", c="d"}`, as Grafana prints it. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  const { __name__: name = "", ...rest } = labels;
  const pairs = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return pairs.length === 0 ? name || "Value" : `${name}{${pairs.join(", ")}}`;
}

/** Numbers of a field; what is not a number is NaN. */
export function numbers(field: Field): readonly number[] {
  return field.values.map((value) => (typeof value === "number" ? value : NaN));
}

function fillName(template: string, field: Field): string {
  return template
    .replace(/\$\{__field\.labels\.(\w+)\}/g, (_whole, key: string) => field.labels?.[key] ?? "")
    .replace(/\$\{__field\.labels\["([^"]+)"\]\}/g, (_whole, key: string) => field.labels?.[key] ?? "")
    .replace(/\$\{__field\.labels\}/g, () => labelText(field.labels ?? {}))
    .replace(/\$\{__field\.(name|displayName)\}/g, () => field.legend || field.name)
    .replace(/\$\{__series\.name\}/g, () => field.legend || field.name);
}
