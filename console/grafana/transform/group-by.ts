import { displayName, type Field, type Frame } from "../frame.ts";
import { calculate } from "../reduce.ts";
import type { Options } from "./transform.ts";

interface FieldGroup {
  readonly operation?: "groupby" | "aggregate" | null;
  readonly aggregations?: readonly string[];
}

/** One row for each combination of the fields grouped by, the others aggregated. */
export function groupBy(frames: readonly Frame[], options: Options): readonly Frame[] {
  const wanted = (options["fields"] ?? {}) as Readonly<Record<string, FieldGroup>>;
  return frames.map((frame) => {
    const ofField = (field: Field): FieldGroup => wanted[displayName(field, frame)] ?? {};
    const keys = frame.fields.filter((field) => ofField(field).operation === "groupby");
    if (keys.length === 0) return frame;
    const groups = groupRows(keys);
    const rows = [...groups.values()];
    const grouped = keys.map(
      (field): Field => ({ ...field, values: rows.map(([row = 0]) => field.values[row]) }),
    );
    const aggregated = frame.fields
      .filter((field) => ofField(field).operation === "aggregate")
      .flatMap((field) => (ofField(field).aggregations ?? []).map((name) => aggregate(field, name, rows)));
    return { ...frame, fields: [...grouped, ...aggregated] };
  });
}

function aggregate(field: Field, name: string, rows: readonly (readonly number[])[]): Field {
  const values = rows.map((group) =>
    pick(
      group.map((row) => field.values[row]),
      name,
    ),
  );
  const type = name === "count" || name === "distinctCount" ? "number" : field.type;
  // The name that later transformations, and overrides, know the column by.
  return { name: `${field.name} (${name})`, type, values };
}

/** Text has no sum, but a first, a last and a count. */
function pick(values: readonly unknown[], name: string): unknown {
  if (name === "first") return values[0];
  if (name === "firstNotNull") return values.find(isKnown) ?? null;
  if (name === "last") return values.at(-1);
  if (name === "lastNotNull") return values.findLast(isKnown) ?? null;
  if (name === "count") return values.length;
  if (name === "distinctCount") return new Set(values).size;
  return calculate(
    name,
    values.map((value) => (isKnown(value) ? Number(value) : Number.NaN)),
  );
}

function isKnown(value: unknown): boolean {
  return value !== null && value !== undefined && !Number.isNaN(value);
}

function groupRows(keys: readonly Field[]): ReadonlyMap<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const row of keys[0]?.values.keys() ?? []) {
    const key = JSON.stringify(keys.map(({ values }) => values[row]));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}
