import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { resolveResource } from "../../config/resource.ts";

/** A name for a service that gives none: of package.json, else of the program that runs. */
export function guessService(command: readonly string[], folder: string | undefined): string {
  return (
    process.env["OTEL_SERVICE_NAME"] || (folder !== undefined && packageName(folder)) || programName(command)
  );
}

/** The environment that a service names which is run from here, and so that of what it prints beside its lines. */
export function guessEnvironment(): string | undefined {
  try {
    const { NODE_ENV } = process.env;
    return resolveResource({}, process.env, NODE_ENV || "development").deployment_environment_name;
  } catch {
    return undefined; // Attributes that can't be read: the service will say so, and not in a line of the contract.
  }
}

function packageName(folder: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      readonly name?: unknown;
    };
    return typeof name === "string" && name !== "" ? name.replace(/^@[^/]+\//, "") : undefined;
  } catch {
    return undefined; // None here, or none that can be read.
  }
}

function programName(command: readonly string[]): string {
  const script = command.find((part) => /\.(?:[cm]?[jt]s|py|rb)$/.test(part)) ?? command[0];
  return script === undefined ? "unknown_service" : basename(script).replace(/\.[^.]+$/, "");
}
