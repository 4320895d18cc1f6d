import { type HostEntry, parseHostEntry } from "../../config/host-entry.ts";

/** Tells whether a host, and a port of it, is in a list. */
export type IsListedHost = (address: string, port: number | undefined) => boolean;

/**
 * Build the test for hosts in a list. A name stands for itself and for no subdomain, `*.internal` for all subdomains
 * and not for `internal`, `*` for every host; with a port an entry stands for that port alone. Names are compared, not
 * what they resolve to.
 */
export function createHostList(texts: readonly string[]): IsListedHost {
  const entries = texts.map(parseHostEntry).filter((entry) => entry !== undefined);
  return (address, port) => {
    const host = plainHost(address);
    return entries.some((entry) => matches(entry, host, port));
  };
}

function matches(entry: HostEntry, host: string, port: number | undefined): boolean {
  if (entry.port !== undefined && entry.port !== port) return false;
  // The suffix begins with its dot: `*.example.com` is not `evilexample.com`.
  return entry.isSuffix ? host.endsWith(entry.host) : host === entry.host;
}

/** A host as it is compared: lower case, no root dot, no brackets. */
export function plainHost(address: string): string {
  const host = address.toLowerCase();
  if (host.startsWith("[") && host.endsWith("]")) return host.slice(1, -1);
  return host.endsWith(".") ? host.slice(0, -1) : host;
}
