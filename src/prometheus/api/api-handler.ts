import type { IncomingMessage, ServerResponse } from "node:http";
import { type ApiRequest, isApiPath } from "./api.ts";
import { ApiFailure, failureAnswer } from "./api-failure.ts";

/** Answers a request and says so by true, or leaves it to the next. */
export type PrometheusHandler = (req: IncomingMessage, res: ServerResponse, path: string) => Promise<boolean>;

/** An answer as it is sent: JSON, encoded. */
export interface EncodedAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** Has a call answered, wherever the metrics are. One whose signal aborts before its turn may be left out. */
export type AskApi = (request: ApiRequest, signal: AbortSignal) => Promise<EncodedAnswer>;

const maxFormBytes = 1024 * 1024;
const encoder = new TextEncoder();

/** Serve Prometheus' HTTP API below /api/v1/, beside whatever else a server answers. */
export function createApiHandler(ask: AskApi): PrometheusHandler {
  return async (req, res, path) => {
    if (!isApiPath(path)) return false;
    const left = new AbortController();
    res.once("close", () => left.abort());
    const answer = await answerOf(req, path, (request) => ask(request, left.signal));
    if (!res.destroyed) send(req, res, answer);
    return true;
  };
}

export function encoded({ status, body }: { readonly status: number; readonly body: object }): EncodedAnswer {
  return { status, body: encoder.encode(JSON.stringify(body)) };
}

async function answerOf(
  req: IncomingMessage,
  path: string,
  ask: (request: ApiRequest) => Promise<EncodedAnswer>,
): Promise<EncodedAnswer> {
  if (!["GET", "HEAD", "POST"].includes(req.method ?? ""))
    return encoded({ status: 405, body: { status: "error" } });
  try {
    return await ask({ path, parameters: String(await valuesOf(req)) });
  } catch (error) {
    return encoded(failureAnswer(error));
  }
}

async function valuesOf(req: IncomingMessage): Promise<URLSearchParams> {
  const values = new URLSearchParams(new URL(req.url ?? "/", "http://localhost").search);
  if (req.method !== "POST") return values;
  for (const [name, value] of new URLSearchParams(await formOf(req))) values.append(name, value);
  return values;
}

async function formOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req) {
    // A stream without an encoding gives buffers.
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > maxFormBytes)
      throw new ApiFailure("bad_data", `the body is larger than ${maxFormBytes} bytes`);
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString("utf8");
}

function send(req: IncomingMessage, res: ServerResponse, { status, body }: EncodedAnswer): void {
  res.writeHead(status, {
    "content-type": "application/json",
    "content-length": body.length,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  res.end(req.method === "HEAD" ? undefined : body);
}
