import { parseLevelSpec } from "../logger/levels.ts";
import { readEnvironment, withDotEnv } from "./environment.ts";
import { invalidValue, unknownName } from "./invalid.ts";
import type { ResolvedTaffrailOptions, TaffrailOptions } from "./options.ts";
import { type Preset, presets } from "./presets.ts";
import { type Environment, resolveResource } from "./resource.ts";
import { settings } from "./settings.ts";

/**
 * Resolve options, environment and preset, in that order, into one frozen configuration.
 *
 * @throws TaffrailError `ERR_TAFFRAIL_CONFIG_INVALID` for the first option or variable that is unknown or wrong
 */
export function resolveOptions(
  options: TaffrailOptions = {},
  env: Environment = process.env,
): ResolvedTaffrailOptions {
  const given = readOptions(options);
  const preset = choosePreset(given, env);
  const environment = preset === "development" ? withDotEnv(env) : env;
  const chosen: Record<string, unknown> = { ...readEnvironment(environment, given), ...given };
  const values: Record<string, unknown> = { ...presets[preset], ...chosen };
  return deepFreeze({
    preset,
    resource: resolveResource(options, environment, preset),
    ...grouped(values, "log.format" in chosen),
  });
}

/** Flatten the user's object to option paths, checking each name and value on the way. */
function readOptions(options: TaffrailOptions): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of entriesOf("options", options)) {
    if (!groupNames.has(name)) setOption(values, name, value);
    else if (value !== undefined) {
      for (const [key, inner] of entriesOf(name, value)) setOption(values, `${name}.${key}`, inner);
    }
  }
  return values;
}

const groupNames = new Set(
  Object.keys(settings).flatMap((path) => (path.includes(".") ? path.split(".", 1) : [])),
);

function entriesOf(where: string, value: unknown): [string, unknown][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw invalidValue(where, value, { kind: { allowed: "an object of options", accepts: () => false } });
}

function setOption(values: Record<string, unknown>, path: string, value: unknown): void {
  const setting = settings[path];
  if (setting === undefined) throw unknownName(path, [...Object.keys(settings), ...groupNames]);
  if (value === undefined) return;
  if (!setting.kind.accepts(value)) throw invalidValue(path, value, setting);
  values[path] = value;
}

function choosePreset(given: Record<string, unknown>, env: Environment): Preset {
  // An option of this name was checked already.
  const named = given["preset"] ?? (env["NODE_ENV"] || "development");
  const setting = settings["preset"];
  if (setting && !setting.kind.accepts(named)) throw invalidValue("NODE_ENV", named, setting);
  return named as Preset; // The setting accepts nothing else.
}

type Groups = Omit<ResolvedTaffrailOptions, "preset" | "resource">;

/** The checked values by group. Their kinds are the table's, which the compiler can't follow through a path. */
function grouped(values: Record<string, unknown>, formatChosen: boolean): Groups {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const name of groupNames) groups[name] = {};
  for (const [path, value] of Object.entries(values)) {
    const [group = "", key] = path.split(".");
    if (key !== undefined)
      Object.assign(groups[group] ?? {}, { [key]: Array.isArray(value) ? [...value] : value });
  }
  const spec = parseLevelSpec(String(values["log.level"]), "info");
  const { level: _spec, ...log } = groups["log"] ?? {};
  return {
    ...groups,
    log: { destination: undefined, stdout: undefined, file: undefined, ...log, ...spec, formatChosen },
    ops: { token: undefined, ...groups["ops"] },
  } as unknown as Groups;
}

// What belongs to the user (a stream, a registry) is handed on as it is.
const foreign = new Set(["destination", "registry"]);

function deepFreeze<T extends object>(value: T): T {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === "object" && inner !== null && !foreign.has(key)) deepFreeze(inner);
  }
  return Object.freeze(value);
}
