import type { ComposeService } from "./compose.ts";

type Rule = (service: ComposeService, name: string) => boolean;

/** A tag that names one release, and the digest of what it named when it was pinned. */
const pinned = /^[a-z0-9./-]+:v?\d+\.\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}$/;

/** What every service keeps to. */
export const policy: Readonly<Record<string, Rule>> = {
  "runs an image of one release, by tag and digest, or one built from such": ({ image = "", build }) =>
    build === undefined
      ? pinned.test(image)
      : pinned.test(defaultOf(build.args?.["NODE_IMAGE"] ?? build.args?.["PYTHON_IMAGE"] ?? "")),
  "is not root": ({ user = "" }) => /^[1-9]\d*:[1-9]\d*$/.test(user),
  "has a root file system that can't be written": ({ read_only }) => read_only === true,
  "has no capability": ({ cap_drop = [], cap_add = [] }) => cap_drop.join() === "ALL" && cap_add.length === 0,
  "can't gain privileges": ({ security_opt = [], privileged = false }) =>
    security_opt.includes("no-new-privileges:true") && !privileged,
  "shares no name space and no device of the host": ({ network_mode, pid, ipc, devices }) =>
    [network_mode, pid, ipc, devices].every((value) => value === undefined),
  "has limits of memory, processor and processes": ({ mem_limit = "", cpus = 0, pids_limit = 0 }) =>
    /^\d+[mg]$/.test(mem_limit) && cpus > 0 && pids_limit > 0,
  "has its output rotated": ({ logging }) =>
    logging?.driver === "json-file" &&
    logging.options["max-size"] !== undefined &&
    Number(logging.options["max-file"]) > 0,
  "is asked for its health, unless it runs once and ends": ({ healthcheck, restart }) =>
    restart === "no" ? healthcheck?.disable === true : healthcheck?.test?.[0] === "CMD",
  "starts again by itself, unless it runs once and ends": ({ restart, profiles = [] }) =>
    restart === "unless-stopped" || (restart === "no" && profiles.includes("tools")),
  "does not see Docker's socket": ({ volumes = [] }) =>
    !volumes.some((volume) => /docker\.sock/.test(volume)),
  "mounts files of the project read-only": ({ volumes = [] }) =>
    volumes.every((volume) => !/^[./~$]/.test(volume) || volume.endsWith(":ro")),
  "publishes nothing, but for Grafana on this machine": ({ ports = [] }, name) =>
    name === "grafana" ? ports.length === 1 && (ports[0] ?? "").startsWith("127.0.0.1:") : ports.length === 0,
  "can't call out, but for what has to": ({ networks = [] }, name) =>
    networks.includes("telemetry") &&
    networks.includes("outside") === ["grafana", "alertmanager"].includes(name),
  "has small temporary files in memory": ({ tmpfs = [] }) => tmpfs.every((mount) => /size=\d+m/.test(mount)),
};

/** The rules that a service breaks. */
export function brokenBy(service: ComposeService, name: string): string[] {
  return Object.entries(policy)
    .filter(([, keeps]) => !keeps(service, name))
    .map(([rule]) => rule);
}

/** The default of `${NAME:-default}`; any other text as it is. */
function defaultOf(text: string): string {
  return /^\$\{\w+:-(.*)\}$/.exec(text)?.[1] ?? text;
}
