import { displayName, type Frame } from "../frame.ts";
import type { Options } from "./transform.ts";

/** Hide, order and rename fields by name; an `includeByName` that names any keeps only those. */
export function organize(frames: readonly Frame[], options: Options): readonly Frame[] {
  const excluded = (options["excludeByName"] ?? {}) as Readonly<Record<string, boolean>>;
  const included = (options["includeByName"] ?? {}) as Readonly<Record<string, boolean>>;
  const order = (options["indexByName"] ?? {}) as Readonly<Record<string, number>>;
  const renamed = (options["renameByName"] ?? {}) as Readonly<Record<string, string>>;
  const onlyIncluded = Object.values(included).some(Boolean);
  return frames.map((frame) => {
    const named = frame.fields.map((field) => ({ field, name: displayName(field, frame) }));
    const kept = named.filter(
      ({ name }) => excluded[name] !== true && (!onlyIncluded || included[name] === true),
    );
    const position = (name: string): number => order[name] ?? Number.MAX_SAFE_INTEGER;
    const sorted = kept.toSorted((a, b) => position(a.name) - position(b.name));
    return {
      ...frame,
      fields: sorted.map(({ field, name }) => {
        const { legend: _legend, ...rest } = field;
        return renamed[name]
          ? { ...rest, name: renamed[name], config: { ...field.config, displayName: renamed[name] } }
          : field;
      }),
    };
  });
}
