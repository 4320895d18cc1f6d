import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

export interface OpsAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const gzipAsync = promisify(gzip);
const leastBytesToCompress = 1024;

export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): OpsAnswer {
  return {
    status,
    contentType: "application/json; charset=utf-8",
    body: `${JSON.stringify(value)}\n`,
    headers,
  };
}

/** An answer that says what is wrong, and what to do. */
export function errorAnswer(
  status: number,
  error: string,
  headers?: Readonly<Record<string, string>>,
): OpsAnswer {
  return jsonAnswer(status, { error }, headers);
}

/** Sends an answer, compressed in libuv's thread pool where the client takes it and the size is worth it. */
export async function sendAnswer(
  req: IncomingMessage,
  res: ServerResponse,
  answer: OpsAnswer,
): Promise<void> {
  const plain = Buffer.from(answer.body);
  const compress = plain.length >= leastBytesToCompress && acceptsGzip(req.headers["accept-encoding"]);
  const body = compress ? await gzipAsync(plain, { level: 1 }) : plain;
  res.writeHead(answer.status, {
    "cache-control": "no-store",
    "content-type": answer.contentType,
    "content-length": body.length,
    "x-content-type-options": "nosniff",
    vary: "Accept, Accept-Encoding",
    ...(compress ? { "content-encoding": "gzip" } : {}),
    ...answer.headers,
  });
  // To HEAD, Node sends the headers and drops the body.
  res.end(body);
}

function acceptsGzip(acceptEncoding: string | string[] | undefined): boolean {
  return String(acceptEncoding ?? "")
    .toLowerCase()
    .split(",")
    .some((coding) => {
      const [name = "", ...parameters] = coding.split(";").map((part) => part.trim());
      const refused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
      return (name === "gzip" || name === "*") && !refused;
    });
}
