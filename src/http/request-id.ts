import { randomUUID } from "node:crypto";

// Letters, digits and what base64, URLs and trace systems use: nothing a header, a log or a shell could stumble on.
const wellFormed = /^[A-Za-z0-9._:=+/-]{1,128}$/;

/** Tell whether a request id that a caller sent is safe to take over, to log and to send on. */
export function isRequestId(text: string): boolean {
  return wellFormed.test(text);
}

/**
 * Create a generator of request ids: UUID v7, which sort by time of creation. The random part is that of
 * a v4 UUID, which stands at the same place and for which Node keeps randomness in stock.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function createRequestIds(now: () => number = Date.now): () => string {
  let lastMs = Number.NaN;
  let prefix = "";
  return () => {
    const ms = now();
    if (ms !== lastMs) {
      const time = ms.toString(16).padStart(12, "0");
      prefix = `${time.slice(0, 8)}-${time.slice(8)}-7`;
      lastMs = ms;
    }
    return prefix + randomUUID().slice(15);
  };
}
