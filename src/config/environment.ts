import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { invalidValue, unknownName } from "./invalid.ts";
import type { Environment } from "./resource.ts";
import { ownPrefix, settings } from "./settings.ts";

/**
 * Read every setting that the environment gives, by option path. An empty variable counts as not set.
 *
 * @throws TaffrailError `ERR_TAFFRAIL_CONFIG_INVALID` naming the variable
 */
export function readEnvironment(env: Environment): Record<string, unknown> {
  rejectUnknown(env);
  const values: Record<string, unknown> = {};
  for (const [path, setting] of Object.entries(settings)) {
    const text = setting.env === undefined ? undefined : env[setting.env];
    if (setting.env === undefined || text === undefined || text === "") continue;
    const value = setting.kind.parse?.(text);
    if (!setting.kind.accepts(value)) throw invalidValue(setting.env, text, setting);
    values[path] = value;
  }
  return values;
}

/** Add ./.env beneath the environment, read by Node's own parser; the file may be absent. */
export function withDotEnv(env: Environment): Environment {
  try {
    return { ...parseEnv(readFileSync(".env", "utf8")), ...env };
  } catch {
    return env; // No file, no settings.
  }
}

function rejectUnknown(env: Environment): void {
  const known = Object.values(settings).flatMap((setting) => setting.env ?? []);
  for (const name of Object.keys(env)) {
    if (name.startsWith(ownPrefix) && !known.includes(name)) {
      throw unknownName(
        name,
        known.filter((candidate) => candidate.startsWith(ownPrefix)),
      );
    }
  }
}
