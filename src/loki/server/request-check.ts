import type { IncomingMessage } from "node:http";

/** Names under which a server on the loopback interface is reached. */
const loopback: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Why a request must not be answered; undefined when it may be. A page from elsewhere that has its own name resolve to
 * this machine (DNS rebinding) shows by the Host header, one that sends to it from its own origin by the Origin header.
 */
export function refusal(
  { headers }: Pick<IncomingMessage, "headers">,
  hosts: ReadonlySet<string>,
): string | undefined {
  const { host = "", origin } = headers;
  const name = host.replace(/:\d+$/, "").toLowerCase();
  if (!loopback.has(name) && !hosts.has(name)) {
    const allowed = [...loopback, ...hosts].join(", ");
    return `the host ${JSON.stringify(name)} is not served here; allowed are ${allowed}\n`;
  }
  if (origin !== undefined && origin.replace(/^https?:\/\//, "") !== host)
    return `requests from ${JSON.stringify(origin)} are not served here\n`;
  return undefined;
}
