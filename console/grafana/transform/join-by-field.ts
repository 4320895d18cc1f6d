import { displayName, type Field, type Frame } from "../frame.ts";
import type { Options } from "./transform.ts";

/** Put frames beside each other, row by row where a field has the same value; `mode: inner` keeps only rows all have. */
export function joinByField(frames: readonly Frame[], options: Options): readonly Frame[] {
  const [first] = frames;
  if (!first || frames.length === 1) return frames;
  const keyName =
    (options["byField"] as string | undefined) ?? first.fields.find(({ type }) => type === "time")?.name;
  const keyed = frames.flatMap((frame) => {
    const key = frame.fields.find((field) => field.name === keyName || displayName(field, frame) === keyName);
    return key ? [{ frame, key, rowOf: new Map(key.values.map((value, row) => [value, row])) }] : [];
  });
  const [lead] = keyed;
  if (!lead) return frames;
  const all = [...new Set(keyed.flatMap(({ key }) => key.values))];
  const values =
    options["mode"] === "inner" ? all.filter((value) => keyed.every(({ rowOf }) => rowOf.has(value))) : all;
  if (lead.key.type === "time") values.sort((a, b) => Number(a) - Number(b));
  const columns = keyed.flatMap(({ frame, key, rowOf }) =>
    frame.fields
      .filter((field) => field !== key)
      .map((field): Field => ({ ...field, values: values.map((value) => at(field, rowOf.get(value))) })),
  );
  return [{ refId: first.refId, fields: [{ ...lead.key, values }, ...columns] }];
}

function at(field: Field, row: number | undefined): unknown {
  return row === undefined ? null : field.values[row];
}
