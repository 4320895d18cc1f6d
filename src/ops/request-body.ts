import type { IncomingMessage } from "node:http";

const maxBodyBytes = 1024;

/**
 * The request's JSON, or `undefined` where it is longer than 1 KiB or no JSON. A longer body is read to its
 * end and thrown away, so that the answer reaches the client and the connection can be used again.
 */
export async function readSmallJson(req: IncomingMessage): Promise<unknown> {
  // Mounted behind a body parser, the stream has been read already and would never end again.
  if (req.readableEnded && "body" in req) return req.body;
  const text = await readSmallText(req);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    // What is no JSON is answered as any other wrong body.
    return undefined;
  }
}

/** Does not settle when the client leaves in mid-body: there is nobody to answer, and nothing holds the promise. */
function readSmallText(req: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
    });
    req.on("end", () => resolve(size > maxBodyBytes ? undefined : Buffer.concat(chunks).toString("utf8")));
  });
}
