/** Which hosts an entry of a host list stands for. */
export interface HostEntry {
  /** A host name or address in lower case; of `*.example.com` the part behind the star, of `*` nothing. */
  readonly host: string;
  /** It stands for all that end so, not for one. */
  readonly isSuffix: boolean;
  /** The one port it stands for; undefined for every one. */
  readonly port: number | undefined;
}

const entry = /^(?:\[([0-9a-f:.]+)\]|(\*)?([^*:[\]]*))(?::(\d{1,5}))?$/i;
// A label may hold "_": the services of Docker Compose do.
const name = /^[a-z0-9_][a-z0-9_-]*(?:\.[a-z0-9_][a-z0-9_-]*)*$/i;

/** Parse `payments`, `payments:8080`, `*.internal`, `10.0.0.7`, `[::1]:8080` or `*`; undefined for anything else. */
export function parseHostEntry(text: string): HostEntry | undefined {
  const [, ipv6, star, rest = "", portText] = entry.exec(text) ?? [];
  const port = portText === undefined ? undefined : Number(portText);
  if (port === 0 || (port ?? 0) > 65_535) return undefined;
  const isSuffix = star !== undefined;
  const isHost = isSuffix
    ? rest === "" || (rest.startsWith(".") && name.test(rest.slice(1)))
    : name.test(rest);
  if (ipv6 === undefined && !isHost) return undefined;
  return { host: (ipv6 ?? rest).toLowerCase(), isSuffix, port };
}
