/** The request methods of RFC 9110, PATCH (RFC 5789) and QUERY: those that fields and labels show as they are. */
export const httpMethods = [
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
] as const;

/**
 * What stands for any other method, which may be free text.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
 */
export const otherMethod = "_OTHER";
