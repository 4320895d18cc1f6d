import type { FieldConfig, FieldConfigSource, FieldOverride } from "./dashboard.ts";
import { displayName, type Field, type Frame } from "./frame.ts";

/** Give every field the panel's defaults and the overrides that match it, later ones winning. */
export function configureFields(
  frames: readonly Frame[],
  source: FieldConfigSource | undefined,
): readonly Frame[] {
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => ({ ...field, config: configFor(field, frame, source) })),
  }));
}

function configFor(field: Field, frame: Frame, source: FieldConfigSource | undefined): FieldConfig {
  const defaults = { ...source?.defaults, ...field.config };
  // The display name of the defaults is for values, not for the time beside them.
  const base: FieldConfig =
    field.type === "time"
      ? { ...defaults, unit: "", displayName: field.config?.displayName ?? "" }
      : defaults;
  return (source?.overrides ?? [])
    .filter((override) => matches(override, field, frame))
    .reduce((config, override) => override.properties.reduce(applyProperty, config), base);
}

function matches({ matcher }: FieldOverride, field: Field, frame: Frame): boolean {
  const { id, options } = matcher;
  const name = displayName(field, frame);
  switch (id) {
    case "byName":
      return name === options || field.name === options;
    case "byRegexp":
      return matchesRegex(String(options), name) || matchesRegex(String(options), field.name);
    case "byType":
      return field.type === options;
    case "byFrameRefID":
      return frame.refId === options;
    case "byNames": {
      const names =
        (options as { readonly names?: readonly string[]; readonly mode?: string } | undefined) ?? {};
      const listed = (names.names ?? []).includes(name);
      return names.mode === "exclude" ? !listed && field.type === "number" : listed;
    }
    default:
      return false;
  }
}

/** `custom.width` goes to the custom part, the rest to the configuration itself. */
function applyProperty(
  config: FieldConfig,
  { id, value }: { readonly id: string; readonly value?: unknown },
): FieldConfig {
  if (!id.startsWith("custom.")) return { ...config, [id]: value };
  const [first = "", ...rest] = id.slice("custom.".length).split(".");
  const custom = config.custom ?? {};
  const [second] = rest;
  if (second === undefined) return { ...config, custom: { ...custom, [first]: value } };
  return {
    ...config,
    custom: { ...custom, [first]: { ...(custom[first] as object | undefined), [second]: value } },
  };
}

export function matchesRegex(text: string, subject: string): boolean {
  return parseRegex(text)?.test(subject) ?? false;
}

/** A regular expression, written plainly or between slashes with flags; undefined where it is none. */
export function parseRegex(text: string): RegExp | undefined {
  const delimited = /^\/(.*)\/([a-z]*)$/s.exec(text);
  try {
    return new RegExp(delimited?.[1] ?? text, delimited?.[2] ?? "");
  } catch {
    return undefined; // A dashboard's own mistake must not take the panel down; it just matches nothing.
  }
}
