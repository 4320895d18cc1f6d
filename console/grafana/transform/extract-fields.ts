import { parseRegex } from "../field-config.ts";
import type { Field, Frame } from "../frame.ts";
import { findField } from "./rows.ts";
import type { Options } from "./transform.ts";

type Row = Readonly<Record<string, unknown>>;

/** Turn a field of objects, JSON, `key=value` text or the groups of a regular expression into a field a key. */
export function extractFields(frames: readonly Frame[], options: Options): readonly Frame[] {
  return frames.map((frame) => {
    const source = findField(frame, String(options["source"] ?? ""));
    if (!source) return frame;
    const rows = source.values.map((value) => readRow(value, String(options["format"] ?? "auto"), options));
    const paths = options["jsonPaths"] as
      | readonly { readonly path: string; readonly alias?: string }[]
      | undefined;
    const wanted = paths?.filter(({ path }) => path !== "") ?? [];
    const keys =
      wanted.length > 0
        ? wanted
        : [...new Set(rows.flatMap(Object.keys))].map((path) => ({ path, alias: path }));
    const extracted = keys.map(({ path, alias }) =>
      column(
        alias || path,
        rows.map((row) => atPath(row, path)),
      ),
    );
    const kept =
      options["replace"] === true
        ? frame.fields.filter(({ type }) => options["keepTime"] === true && type === "time")
        : frame.fields;
    return { ...frame, fields: [...kept, ...extracted] };
  });
}

function readRow(value: unknown, format: string, options: Options): Row {
  if (typeof value === "object" && value !== null) return value as Row;
  const text = String(value ?? "");
  if (format === "kvp") return keyValues(text);
  if (format === "regexp") return regexGroups(text, String(options["regExp"] ?? ""));
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? (parsed as Row) : {};
  } catch {
    return format === "auto" ? keyValues(text) : {};
  }
}

function keyValues(text: string): Row {
  return Object.fromEntries(
    [...text.matchAll(/([\w.]+)[=:](?:"((?:[^"\\]|\\.)*)"|(\S*))/g)].map((m) => [
      m[1] ?? "",
      m[2] ?? m[3] ?? "",
    ]),
  );
}

function regexGroups(text: string, regex: string): Row {
  const parsed = parseRegex(regex);
  // Without the flag g, which has it begin where it ended in the row before.
  return parsed ? (new RegExp(parsed.source, parsed.flags.replace("g", "")).exec(text)?.groups ?? {}) : {};
}

function atPath(row: Row, path: string): unknown {
  if (Object.hasOwn(row, path)) return row[path];
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>((at, key) => (at as Row | null | undefined)?.[key], row);
}

function column(name: string, values: readonly unknown[]): Field {
  const type = values.every((value) => typeof value === "number" || value === undefined || value === null)
    ? "number"
    : "string";
  return { name, type, values: values.map((value) => value ?? (type === "number" ? null : "")) };
}
