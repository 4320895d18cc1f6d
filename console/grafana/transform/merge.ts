import type { Field, Frame } from "../frame.ts";

type Row = Map<string, unknown>;

/** Make one table of all frames: rows that agree in the columns they share become one row. */
export function merge(frames: readonly Frame[]): readonly Frame[] {
  const filled = frames.filter(({ fields }) => fields.length > 0);
  const [first] = filled;
  if (!first || filled.length === 1) return filled;
  const columns = new Map<string, Field>();
  for (const field of filled.flatMap(({ fields }) => fields))
    columns.set(field.name, columns.get(field.name) ?? field);
  const shared = [...columns.keys()].filter((name) =>
    filled.every(({ fields }) => fields.some((f) => f.name === name)),
  );
  const rows = new Map<string, Row>();
  for (const frame of filled) addRows(frame, shared, rows);
  return [
    { refId: first.refId, fields: [...columns.values()].map((field) => column(field, [...rows.values()])) },
  ];
}

function addRows(frame: Frame, shared: readonly string[], rows: Map<string, Row>): void {
  const length = frame.fields[0]?.values.length ?? 0;
  for (let index = 0; index < length; index++) {
    const row: Row = new Map(frame.fields.map(({ name, values }) => [name, values[index]]));
    const key = JSON.stringify(shared.map((name) => row.get(name)));
    const other = rows.get(key);
    if (other && canJoin(other, row, shared)) for (const [name, value] of row) other.set(name, value);
    else rows.set(other ? `${key}#${rows.size}` : key, row);
  }
}

/** Rows of the same query hold the same columns: they agree or are two rows. */
function canJoin(a: Row, b: Row, shared: readonly string[]): boolean {
  return [...b].every(([name, value]) => shared.includes(name) || !a.has(name) || a.get(name) === value);
}

function column({ labels: _labels, ...field }: Field, rows: readonly Row[]): Field {
  return {
    ...field,
    values: rows.map((row) => row.get(field.name) ?? (field.type === "string" ? "" : null)),
  };
}
