import { plainHost } from "./host-list.ts";

/** Where an outgoing call goes. */
export interface CallTarget {
  readonly method: string;
  readonly scheme: "http" | "https";
  /** Host name, address or path of a Unix socket. */
  readonly address: string;
  /** Undefined where it can't be told: a Unix socket, a `Host` header that names somebody else. */
  readonly port: number | undefined;
  /** The path with the query. */
  readonly path: string;
}

/**
 * Read a call's target from its URL, or from the origin it goes to and the path it asks for. What is asked of a proxy
 * goes to the server that the path names.
 */
export function targetOfUrl(method: string, origin: string, path?: string): CallTarget {
  const isProxied = path !== undefined && isAbsoluteUrl(path);
  const url = new URL(isProxied ? path : origin);
  const scheme = url.protocol === "https:" ? "https" : "http";
  return {
    method,
    scheme,
    address: plainHost(url.hostname),
    port: url.port === "" ? defaultPort(scheme) : Number(url.port),
    path: isProxied || path === undefined ? url.pathname + url.search : path,
  };
}

export function isAbsoluteUrl(path: string): boolean {
  return path.startsWith("http://") || path.startsWith("https://");
}

/** The port of a scheme where none is named. */
export function defaultPort(scheme: "http" | "https"): number {
  return scheme === "https" ? 443 : 80;
}

/** An origin as a URL shows it: the default port left out, an IPv6 address in brackets. */
export function originOf({ scheme, address, port }: CallTarget): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return `${scheme}://${host}${port === undefined || port === defaultPort(scheme) ? "" : `:${port}`}`;
}
