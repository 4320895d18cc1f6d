import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiRequest } from "../api/api-message.ts";
import type { LogBackend } from "../thread/log-backend.ts";
import { readBody } from "./read-body.ts";

const maxPushBytes = 16 * 1024 * 1024;
const maxFormBytes = 1024 * 1024;

/** Pass a request on to the store, and its answer back. */
export async function answerFromStore(
  backend: LogBackend,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const path = new URL(req.url ?? "/", "http://localhost").pathname;
  const maxBytes = /\/(?:push|logs)$/.test(path) ? maxPushBytes : maxFormBytes;
  const body = await readBody(req, maxBytes);
  if (!body) {
    // The rest of the body is not waited for.
    res.writeHead(413, { "content-type": "text/plain; charset=utf-8", connection: "close" });
    res.end(`the body is larger than ${maxBytes} bytes\n`);
    return;
  }
  const left = new AbortController();
  res.once("close", () => left.abort());
  const answer = await backend.call(apiRequest(req, body), left.signal);
  if (res.destroyed) return;
  const type = answer.contentType === "" ? {} : { "content-type": answer.contentType };
  res.writeHead(answer.status, { ...type, "content-length": answer.body.length, ...safeHeaders });
  res.end(answer.body);
}

/** A call of the API, from a request of HTTP. */
export function apiRequest(req: IncomingMessage, body: Buffer): ApiRequest {
  const { method = "GET", url = "/", headers } = req;
  const { pathname, search } = new URL(url, "http://localhost");
  return {
    method: method === "HEAD" ? "GET" : method,
    path: pathname,
    query: search.slice(1),
    contentType: (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "",
    contentEncoding: (headers["content-encoding"] ?? "").toLowerCase(),
    encodingFlags: String(headers["x-loki-response-encoding-flags"] ?? ""),
    body,
  };
}

// Log lines are other people's text: no browser may take an answer for a page.
const safeHeaders = { "x-content-type-options": "nosniff", "cache-control": "no-store" } as const;
