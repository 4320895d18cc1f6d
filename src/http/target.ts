import { mask } from "../logger/redaction/redaction.ts";

const maxPathLength = 2_048;
const maxParameters = 50;

/** The path of a request target, without its query; an absolute target's scheme, user info and host are left out. */
export function pathOf(target: string): string {
  const query = target.indexOf("?");
  const path = query < 0 ? target : target.slice(0, query);
  return (path.startsWith("/") ? path : originForm(path)).slice(0, maxPathLength);
}

/** The query of a request target with every value masked but those of allowed names; undefined where there is none. */
export function maskedQuery(target: string, allowed: ReadonlySet<string>): string | undefined {
  const query = target.indexOf("?");
  if (query < 0 || query === target.length - 1) return undefined;
  const text = target.slice(query + 1);
  if (!text.includes("&")) return maskPair(text, allowed).slice(0, maxPathLength);
  const pairs = text.split("&", maxParameters);
  return pairs
    .map((pair) => maskPair(pair, allowed))
    .join("&")
    .slice(0, maxPathLength);
}

function maskPair(pair: string, allowed: ReadonlySet<string>): string {
  const at = pair.indexOf("=");
  // A parameter without "=" may be a bare token: its whole text is the value.
  if (at < 0) return allowed.has(pair) ? pair : mask;
  return allowed.has(pair.slice(0, at)) ? pair : `${pair.slice(0, at + 1)}${mask}`;
}

// RFC 9112, 3.2: absolute-form (to proxies), authority-form (CONNECT) and "*" (OPTIONS).
function originForm(path: string): string {
  const scheme = path.indexOf("://");
  if (scheme < 0) return path === "*" ? path : "";
  const slash = path.indexOf("/", scheme + 3);
  return slash < 0 ? "/" : path.slice(slash);
}
