import { randomFillSync } from "node:crypto";

// Letters, digits and what base64, URLs and trace systems use: nothing a header, a log or a shell could stumble on.
const wellFormed = /^[A-Za-z0-9._:=+/-]{1,128}$/;

/** Tell whether a request id that a caller sent is safe to take over, to log and to send on. */
export function isRequestId(text: string): boolean {
  return wellFormed.test(text);
}

/**
 * Create a generator of request ids: UUID v7, which sort by time of creation.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function createRequestIds(now: () => number = Date.now): () => string {
  const pool = Buffer.alloc(poolIds * idBytes);
  let digits = "";
  let at = pool.length;
  let lastMs = Number.NaN;
  let prefix = "";
  return () => {
    const ms = now();
    if (ms !== lastMs) {
      const time = ms.toString(16).padStart(12, "0");
      prefix = `${time.slice(0, 8)}-${time.slice(8)}-7`;
      lastMs = ms;
    }
    if (at === pool.length) {
      digits = randomFillSync(pool).toString("hex");
      at = 0;
    }
    const variant = variants[(pool[at] ?? 0) & 3];
    // The byte that chose the variant is used up; nine are left, of two digits each.
    const from = 2 * at + 2;
    at += idBytes;
    return `${prefix}${digits.slice(from, from + 3)}-${variant}${digits.slice(from + 3, from + 6)}-${digits.slice(from + 6, from + 18)}`;
  };
}

// One call to the system's generator serves many ids, as does writing its bytes as digits: for each they would cost more than the id.
const poolIds = 400;
const idBytes = 10;
/** RFC 9562's variant is two bits, which leaves two of the digit at random. */
const variants = ["8", "9", "a", "b"] as const;
