import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".map": "application/json; charset=utf-8",
};

// Log lines are other people's text: should one ever get into the page as markup, there is nothing that it may do.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
} as const;

const missingPage = `<!doctype html><meta charset="utf-8"><title>Taffrail</title>
<h1>Taffrail</h1><p>The console is not built. The log API is here: /loki/api/v1/labels</p>\n`;

/** Serve the built console: its page, and the files beside it, compressed as they lie there. */
export async function serveConsole(
  folder: string,
  path: string,
  { req, res }: { readonly req: IncomingMessage; readonly res: ServerResponse },
): Promise<boolean> {
  const isPage = path === "/" || path === "/index.html";
  if (!isPage && !/^\/(?:assets\/[\w.-]+|[\w-]+\.(?:svg|png|ico|webmanifest))$/.test(path)) return false;
  const file = isPage ? "index.html" : path.slice(1);
  const found = await compressed(join(folder, file), String(req.headers["accept-encoding"] ?? ""));
  if (!found && !isPage) return false;
  res.writeHead(200, {
    ...headers,
    "content-type": types[extname(file)] ?? "application/octet-stream",
    // The name of an asset holds the hash of what is in it.
    "cache-control": file.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    vary: "accept-encoding",
    ...(found?.encoding && { "content-encoding": found.encoding }),
  });
  res.end(req.method === "HEAD" ? undefined : (found?.bytes ?? missingPage));
  return true;
}

interface FoundFile {
  readonly bytes: Buffer;
  readonly encoding: string | undefined;
}

async function compressed(path: string, accepted: string): Promise<FoundFile | undefined> {
  for (const [encoding, suffix] of [
    ["br", ".br"],
    ["gzip", ".gz"],
    [undefined, ""],
  ] as const) {
    if (encoding && !new RegExp(`\\b${encoding}\\b`).test(accepted)) continue;
    const bytes = await readFile(path + suffix).catch(() => undefined); // Not there: the next form of it may be.
    if (bytes) return { bytes, encoding };
  }
  return undefined;
}
