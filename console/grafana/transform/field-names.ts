import { matchesRegex, parseRegex } from "../field-config.ts";
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
      return (!include || isEmpty(include) || selects(include, name)) && !(exclude && selects(exclude, name));
    }),
  }));
}

/** Rewrite the names a regular expression matches. */
export function renameByRegex(frames: readonly Frame[], options: Options): readonly Frame[] {
  const regex = parseRegex(String(options["regex"] ?? ""));
  if (!regex) return frames;
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      const name = displayName(field, frame);
      // Not test(): with the flag g a regular expression remembers where it was.
      const renamed = name.replace(regex, String(options["renamePattern"] ?? ""));
      return renamed === name ? field : { ...field, config: { ...field.config, displayName: renamed } };
    }),
  }));
}

// Chosen nothing yet: nothing is left out.
function isEmpty({ names = [], pattern = "" }: NameFilter): boolean {
  return names.length === 0 && pattern === "";
}

function selects({ names = [], pattern }: NameFilter, name: string): boolean {
  return names.includes(name) || (pattern !== undefined && pattern !== "" && matchesRegex(pattern, name));
}
