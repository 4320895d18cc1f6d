import { displayName, type Field, type Frame } from "../frame.ts";
import type { Options } from "./transform.ts";

interface Keyed {
  readonly frame: Frame;
  readonly key: Field;
  readonly rowsOf: ReadonlyMap<unknown, readonly number[]>;
}

/**
 * Put frames beside each other, row by row where a field has the same value; `mode: inner` keeps only rows all have. Of a
 * value that a frame has more than once, `inner` and `outerTabular` give a row for each, `outer` the last.
 */
export function joinByField(frames: readonly Frame[], options: Options): readonly Frame[] {
  const [first] = frames;
  if (!first || frames.length === 1) return frames;
  const keyName =
    (options["byField"] as string | undefined) || first.fields.find(({ type }) => type === "time")?.name;
  const keyed = frames.flatMap((frame) => keyedBy(frame, keyName) ?? []);
  const [lead] = keyed;
  if (!lead) return frames;
  const mode = String(options["mode"] ?? "outer");
  const all = [...new Set(keyed.flatMap(({ key }) => key.values))];
  const values =
    mode === "inner" ? all.filter((value) => keyed.every(({ rowsOf }) => rowsOf.has(value))) : all;
  if (lead.key.type === "time") values.sort((a, b) => Number(a) - Number(b));
  const rows = values.flatMap((value) => matches(value, keyed, mode));
  const columns = keyed.flatMap(({ frame, key }, i) =>
    frame.fields
      .filter((field) => field !== key)
      .map((field): Field => ({ ...field, values: rows.map(({ at }) => cell(field, at[i])) })),
  );
  return [
    { refId: first.refId, fields: [{ ...lead.key, values: rows.map(({ value }) => value) }, ...columns] },
  ];
}

function keyedBy(frame: Frame, name: string | undefined): Keyed | undefined {
  const key = frame.fields.find((field) => field.name === name || displayName(field, frame) === name);
  if (!key) return undefined;
  const rowsOf = new Map<unknown, number[]>();
  for (const [row, value] of key.values.entries()) rowsOf.set(value, [...(rowsOf.get(value) ?? []), row]);
  return { frame, key, rowsOf };
}

interface JoinedRow {
  readonly value: unknown;
  /** The row of each frame; undefined where it has none. */
  readonly at: readonly (number | undefined)[];
}

function matches(value: unknown, keyed: readonly Keyed[], mode: string): JoinedRow[] {
  return keyed.reduce<JoinedRow[]>(
    (joined, { rowsOf }) => {
      const rows = rowsOf.get(value) ?? [];
      const taken = rows.length === 0 ? [undefined] : mode === "outer" ? rows.slice(-1) : rows;
      return joined.flatMap(({ at }) => taken.map((row) => ({ value, at: [...at, row] })));
    },
    [{ value, at: [] }],
  );
}

function cell(field: Field, row: number | undefined): unknown {
  return row === undefined ? null : field.values[row];
}
