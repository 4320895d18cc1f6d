import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { TaffrailError } from "../errors.ts";
import type { Resource, TaffrailOptions } from "./options.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Resolve who writes the lines: option, then the standard variables, then ./package.json.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 * @throws TaffrailError `ERR_TAFFRAIL_CONFIG_INVALID` for malformed `OTEL_RESOURCE_ATTRIBUTES`
 */
export function resolveResource(options: TaffrailOptions, env: Environment, preset: string): Resource {
  const attributes = parseResourceAttributes(env["OTEL_RESOURCE_ATTRIBUTES"] ?? "");
  const manifest = readManifest();
  return {
    service_name:
      options.serviceName ??
      (env["OTEL_SERVICE_NAME"] || undefined) ??
      attributes["service.name"] ??
      manifest.name ??
      "unknown_service:node",
    service_version: options.serviceVersion ?? attributes["service.version"] ?? manifest.version ?? "0.0.0",
    deployment_environment_name: options.environment ?? attributes["deployment.environment.name"] ?? preset,
    service_instance_id: options.serviceInstanceId ?? attributes["service.instance.id"] ?? instanceId(),
  };
}

function parseResourceAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const pair of text.split(",").filter((part) => part.trim() !== "")) {
    const at = pair.indexOf("=");
    const value = at > 0 ? decode(pair.slice(at + 1).trim()) : undefined;
    if (value === undefined) {
      throw new TaffrailError(
        "ERR_TAFFRAIL_CONFIG_INVALID",
        `OTEL_RESOURCE_ATTRIBUTES is text of ${text.length} characters that can't be read; allowed: key=value,key=value with values percent-encoded`,
      );
    }
    attributes[pair.slice(0, at).trim()] = value;
  }
  return attributes;
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined; // The caller names the variable; the value may be a secret.
  }
}

function readManifest(): { readonly name?: string; readonly version?: string } {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(process.cwd(), "package.json"), "utf8"));
    const { name, version } = manifest as Record<string, unknown>;
    return {
      ...(typeof name === "string" && name !== "" && { name }),
      ...(typeof version === "string" && version !== "" && { version }),
    };
  } catch {
    return {}; // A service need not be started beside a package.json.
  }
}

// In a container the host name is the pod's and the process id is always 1.
function instanceId(): string {
  return process.pid === 1 ? hostname() : `${hostname()}:${process.pid}`;
}
