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
  const random = createRandomBytes();
  let lastMs = Number.NaN;
  let prefix = "";
  return () => {
    const ms = now();
    if (ms !== lastMs) {
      const time = ms.toString(16).padStart(12, "0");
      prefix = `${time.slice(0, 8)}-${time.slice(8)}-7`;
      lastMs = ms;
    }
    const id = prefix + digit(random()) + pair(random());
    const clock = `-${pair((random() & 0x3f) | 0x80)}${pair(random())}-`;
    return (
      id +
      clock +
      pair(random()) +
      pair(random()) +
      pair(random()) +
      pair(random()) +
      pair(random()) +
      pair(random())
    );
  };
}

// One call to the system's generator serves many ids: a call for each would cost more than the id.
const poolBytes = 4_096;

function createRandomBytes(): () => number {
  const pool = new Uint8Array(poolBytes);
  let at = poolBytes;
  return () => {
    if (at === poolBytes) {
      randomFillSync(pool);
      at = 0;
    }
    return pool[at++] ?? 0;
  };
}

const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function pair(byte: number): string {
  return pairs[byte] ?? "";
}

function digit(byte: number): string {
  return pair(byte).slice(1);
}
