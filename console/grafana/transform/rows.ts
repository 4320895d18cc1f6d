import { displayName, type Field, type FieldType, type Frame, frameLength } from "../frame.ts";
import type { Options } from "./transform.ts";

/** Order rows by a field. */
export function sortBy(frames: readonly Frame[], options: Options): readonly Frame[] {
  const [sort] =
    (options["sort"] as readonly { readonly field: string; readonly desc?: boolean }[] | undefined) ?? [];
  if (!sort) return frames;
  return frames.map((frame) => {
    const key = findField(frame, sort.field);
    if (!key) return frame;
    const order = key.values.map((_value, row) => row);
    order.sort((a, b) => compare(key.values[a], key.values[b]) * (sort.desc === true ? -1 : 1));
    return pickRows(frame, order);
  });
}

/** Keep the first rows. */
export function limit(frames: readonly Frame[], options: Options): readonly Frame[] {
  const count = Number(options["limitField"] ?? 10);
  return frames.map((frame) => pickRows(frame, [...Array(Math.min(count, frameLength(frame))).keys()]));
}

/** Read fields as another type. */
export function convertFieldType(frames: readonly Frame[], options: Options): readonly Frame[] {
  const wanted = (options["conversions"] as readonly Conversion[] | undefined) ?? [];
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      const to = wanted.find(({ targetField }) => targetField === displayName(field, frame))?.destinationType;
      return to === undefined
        ? field
        : { ...field, type: to, values: field.values.map((value) => convert(value, to)) };
    }),
  }));
}

interface Conversion {
  readonly targetField?: string;
  readonly destinationType?: FieldType;
}

export function findField(frame: Frame, name: string): Field | undefined {
  return frame.fields.find((field) => displayName(field, frame) === name || field.name === name);
}

export function pickRows(frame: Frame, rows: readonly number[]): Frame {
  return {
    ...frame,
    fields: frame.fields.map((field) => ({ ...field, values: rows.map((row) => field.values[row]) })),
  };
}

/** Numbers by size, everything else as text; what is missing comes last. */
export function compare(a: unknown, b: unknown): number {
  const missing = Number(isMissing(a)) - Number(isMissing(b));
  if (missing !== 0) return missing;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function convert(value: unknown, to: FieldType): unknown {
  if (to === "number") return value === "" || value === null ? null : Number(value);
  if (to === "time") return typeof value === "number" ? value : Date.parse(String(value));
  return typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
}
