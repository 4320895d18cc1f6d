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
    order.sort((a, b) => compare(key.values[a], key.values[b], sort.desc === true ? -1 : 1));
    return pickRows(frame, order);
  });
}

/** Keep the first rows. */
export function limit(frames: readonly Frame[], options: Options): readonly Frame[] {
  const count = Math.floor(Number(options["limitField"] ?? 10));
  // A variable without a value, for instance.
  if (!(count >= 0)) return frames;
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

/** Numbers by size, everything else as text; what is missing comes last, whatever the direction. */
export function compare(a: unknown, b: unknown, direction: 1 | -1 = 1): number {
  const missing = Number(isMissing(a)) - Number(isMissing(b));
  if (missing !== 0) return missing;
  if (typeof a === "number" && typeof b === "number") return (a - b) * direction;
  return String(a).localeCompare(String(b), "en", { numeric: true }) * direction;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function convert(value: unknown, to: FieldType): unknown {
  if (to === "number") return known(value === "" || value === null ? Number.NaN : Number(value));
  if (to === "time") return known(timeOf(value));
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "");
}

// Milliseconds since 1970, also as text, or a date.
function timeOf(value: unknown): number {
  if (typeof value === "number") return value;
  const text = String(value ?? "");
  return /^\d{9,}$/.test(text) ? Number(text) : Date.parse(text);
}

function known(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}
