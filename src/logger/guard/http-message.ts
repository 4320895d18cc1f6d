/**
 * Sum up an HTTP request or response that was logged as a whole: the object Node hands out holds the
 * socket, the server and every header. Undefined for anything else.
 */
export function messageSummary(value: object): object | undefined {
  const message = value as Partial<
    Record<"method" | "url" | "headers" | "socket" | "statusCode", unknown>
  > & {
    setHeader?: unknown;
    getHeaders?: unknown;
  };
  if (typeof message.setHeader === "function" && typeof message.getHeaders === "function") {
    const headers: unknown = message.getHeaders();
    return { status_code: message.statusCode, headers };
  }
  // As Node's, undici's and the frameworks' request objects have it.
  if (typeof message.method !== "string" || typeof message.url !== "string") return undefined;
  if (typeof message.headers !== "object" || !("socket" in value || isFetchRequest(value))) return undefined;
  // Without its URL: path and query may hold secrets of any name, and the completion line has them masked.
  return { method: message.method, headers: message.headers };
}

function isFetchRequest(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Request]";
}
