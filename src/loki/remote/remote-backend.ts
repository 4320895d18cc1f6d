import { once } from "node:events";
import { WebSocket } from "ws";
import type { ApiRequest } from "../api/api-message.ts";
import type { FollowedQuery, LogBackend } from "../thread/log-backend.ts";
import type { SentAnswer } from "../thread/thread-message.ts";

/** What a console asks; a push, a delete or a rule that is written is passed on to nobody. */
const readable = /^\/(?:loki\/api\/v1|prometheus\/api\/v1|api\/v1)\//;

/**
 * A Loki, or a Prometheus, that runs elsewhere. A name and a password in the address are sent as basic authentication.
 * An answer of 502 says that it could not be asked.
 */
export function remoteBackend(address: string): LogBackend {
  const { base, headers } = splitAddress(address);
  return {
    call: async (request, signal) => {
      if (request.method !== "GET" || !readable.test(request.path))
        return said(405, `only what reads is passed on to ${base}\n`);
      return ask(base, request, { headers: withFlags(headers, request), signal: signal ?? null });
    },
    tail: (request, onFrame) => follow(base, request, { headers, onFrame }),
    close: async () => undefined,
  };
}

interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | null;
}

async function ask(base: string, request: ApiRequest, asked: Asked): Promise<SentAnswer> {
  try {
    const response = await fetch(pathBelow(base, request), asked);
    const body = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, contentType: response.headers.get("content-type") ?? "", body };
  } catch (error) {
    return unreachable(base, error);
  }
}

interface Following {
  readonly headers: Readonly<Record<string, string>>;
  readonly onFrame: (frame: string) => void;
}

async function follow(
  base: string,
  request: ApiRequest,
  { headers, onFrame }: Following,
): Promise<FollowedQuery | SentAnswer> {
  const url = pathBelow(base, request).replace(/^http/, "ws");
  const socket = new WebSocket(url, { headers, handshakeTimeout: 10_000 });
  socket.on("message", (frame) => onFrame(String(frame)));
  try {
    await once(socket, "open");
  } catch (error) {
    return unreachable(base, error);
  }
  // One that breaks ends as one that is closed does; the page asks again.
  socket.on("error", () => socket.terminate());
  return { end: () => socket.close(), ended: once(socket, "close").then(() => undefined) };
}

function withFlags(
  headers: Readonly<Record<string, string>>,
  { encodingFlags }: ApiRequest,
): Readonly<Record<string, string>> {
  return encodingFlags === "" ? headers : { ...headers, "x-loki-response-encoding-flags": encodingFlags };
}

function pathBelow(base: string, { path, query }: ApiRequest): string {
  return `${base}${path}${query === "" ? "" : `?${query}`}`;
}

function splitAddress(address: string): {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const url = new URL(address);
  const { username, password } = url;
  const base = `${url.origin}${url.pathname}`.replace(/\/$/, "");
  if (username === "" && password === "") return { base, headers: {} };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { base, headers: { authorization: `Basic ${Buffer.from(pair).toString("base64")}` } };
}

function unreachable(base: string, error: unknown): SentAnswer {
  const { message, cause } = error as Error;
  return said(502, `${base} can't be asked: ${cause instanceof Error ? cause.message : message}\n`);
}

function said(status: number, text: string): SentAnswer {
  return { status, contentType: "text/plain; charset=utf-8", body: new TextEncoder().encode(text) };
}
