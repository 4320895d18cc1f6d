import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Whether a request carries the bearer token; in a time that tells nothing of either token. */
export function hasBearerToken(req: IncomingMessage, token: string): boolean {
  const given = /^bearer +(.+)$/i.exec(req.headers.authorization ?? "")?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** Digests are of one length, which timingSafeEqual asks for and which hides the tokens' own. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
