/** The methods of RFC 9110, PATCH (RFC 5789) and QUERY: what may stand in a field or label as it is. */
const known = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "CONNECT",
  "OPTIONS",
  "TRACE",
  "PATCH",
  "QUERY",
]);

/**
 * Bring a request method to the bounded set that logs and metrics use.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
 */
export function boundedMethod(method: string): string {
  return known.has(method) ? method : "_OTHER";
}
