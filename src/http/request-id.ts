import { randomFillSync } from "node:crypto";

// Letters, digits and what base64, URLs and trace systems use: nothing a header, a log or a shell could stumble on.
const wellFormed = /^[A-Za-z0-9._:=+/-]{1,128}$/;

/** Tell whether a request id that a caller sent is safe to take over, to log and to send on. */
export function isRequestId(text: string): boolean {
  return wellFormed.test(text);
}

const bytesPerId = 10;
// One call to the system's generator serves many ids: a call for each would cost more than the id.
const poolBytes = 512 * bytesPerId;

/**
 * Create a generator of request ids: UUID v7, which sort by time of creation.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function createRequestIds(now: () => number = Date.now): () => string {
  const pool = Buffer.allocUnsafe(poolBytes);
  let at = poolBytes;
  return () => {
    if (at === poolBytes) {
      randomFillSync(pool);
      at = 0;
    }
    const time = now().toString(16).padStart(12, "0");
    const random = pool.toString("hex", at, at + bytesPerId);
    at += bytesPerId;
    const variant = "89ab".charAt(Number.parseInt(random.charAt(3), 16) & 3);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
  };
}
