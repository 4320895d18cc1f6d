/**
 * Tell whether what was thrown is how Next itself gets out of a handler: `redirect()`, `notFound()`, and what it throws
 * to learn that a page is dynamic. It marks them by a digest.
 */
export function isControlFlow(thrown: unknown): boolean {
  const { digest } = Object(thrown) as { digest?: unknown };
  return typeof digest === "string" && controlFlow.test(digest);
}

// Any other error gets a number for its digest, or what the application gave it.
const controlFlow =
  /^(?:NEXT_|DYNAMIC_SERVER_USAGE|BAILOUT_TO_CLIENT_SIDE_RENDERING|HANGING_PROMISE_REJECTION)/;
