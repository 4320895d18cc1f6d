import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { invalidValue, unknownName } from "./invalid.ts";
import type { Environment } from "./resource.ts";
import { ownPrefix, settings } from "./settings.ts";

/**
 * Read every setting that the environment gives, by option path. An empty variable counts as not set.
 *
 * @param overridden the option paths that are set otherwise
 *
 * @throws TaffrailError `ERR_TAFFRAIL_CONFIG_INVALID` naming the variable
 */
export function readEnvironment(
  env: Environment,
  overridden: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  rejectUnknown(env);
  const values: Record<string, unknown> = {};
  for (const [path, setting] of Object.entries(settings)) {
    const text = setting.env === undefined ? undefined : env[setting.env];
    // A variable that an option overrides may say what it likes: NODE_ENV is not the kit's alone.
    if (setting.env === undefined || text === undefined || text === "" || path in overridden) continue;
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
    if (name.startsWith(ownPrefix) && !known.includes(name) && !isServiceLink(name)) {
      throw unknownName(
        name,
        known.filter((candidate) => candidate.startsWith(ownPrefix)),
      );
    }
  }
}

/** What Kubernetes and Docker tell every container of a service that is itself called `taffrail…`. */
function isServiceLink(name: string): boolean {
  return /_(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT(?:_\d+_(?:TCP|UDP)(?:_\w+)?)?)$/.test(name);
}
