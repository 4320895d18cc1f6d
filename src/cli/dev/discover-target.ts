/** What an address may be for a line alone to have it asked: a log line is other people's text. */
const here: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1", "0.0.0.0", "::"]);

/**
 * The metrics of the service that a line says to listen on this machine: the kit's line of its operations server.
 * Undefined for any other line.
 */
export function discoverTarget(line: string): string | undefined {
  // Few lines have the word; only those are parsed.
  if (!line.includes('"ops.listen"')) return undefined;
  const { event_name, server_address, server_port } = parsed(line);
  if (event_name !== "ops.listen" || typeof server_address !== "string") return undefined;
  if (!here.has(server_address) || !Number.isInteger(server_port)) return undefined;
  const any = server_address === "0.0.0.0" || server_address === "::";
  const host = any ? "127.0.0.1" : server_address === "::1" ? "[::1]" : server_address;
  const url = `http://${host}:${String(server_port)}/metrics`;
  return URL.canParse(url) ? url : undefined;
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {}; // A line that is no JSON says nothing of the kind.
  }
}
