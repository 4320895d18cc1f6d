import type { IncomingMessage } from "node:http";

const maxBodyBytes = 1024;

/** The request's JSON, or `undefined` where it is longer than 1 KiB or no JSON. */
export async function readSmallJson(req: IncomingMessage): Promise<unknown> {
  // Mounted behind a body parser, the stream has been read already and would never end again.
  if (req.readableEnded && "body" in req) return req.body;
  const chunks: Buffer[] = [];
  let size = 0;
  // Left open on an early return: the answer still has to go out on this connection.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    // What is no JSON is answered as any other wrong body.
    return undefined;
  }
}
