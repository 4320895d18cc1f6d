import { matchesRegex } from "../field-config.ts";
import { displayName, type Frame } from "../frame.ts";
import type { Options } from "./transform.ts";

interface NameFilter {
  readonly names?: readonly string[];
  readonly pattern?: string;
}

/** Keep the fields that are named or match, drop those that are excluded. */
export function filterFieldsByName(frames: readonly Frame[], options: Options): readonly Frame[] {
  const include = options["include"] as NameFilter | undefined;
  const exclude = options["exclude"] as NameFilter | undefined;
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.filter((field) => {
      const name = displayName(field, frame);
      return (!include || selects(include, name)) && !(exclude && selects(exclude, name));
    }),
  }));
}

/** Rewrite the names a regular expression matches. */
export function renameByRegex(frames: readonly Frame[], options: Options): readonly Frame[] {
  const source = /^\/(.*)\/(\w*)$/s.exec(String(options["regex"] ?? ""));
  const regex = new RegExp(source?.[1] ?? String(options["regex"] ?? ""), source?.[2]);
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      const name = displayName(field, frame);
      if (!regex.test(name)) return field;
      const renamed = name.replace(regex, String(options["renamePattern"] ?? ""));
      return { ...field, config: { ...field.config, displayName: renamed } };
    }),
  }));
}

function selects({ names = [], pattern }: NameFilter, name: string): boolean {
  return names.includes(name) || (pattern !== undefined && matchesRegex(pattern, name));
}
