const maxLength = 300;

/**
 * What may be shown of an error to whoever asks for readiness: its message, without stack, cut to 300
 * characters, and without the credentials that database drivers like to put in the URLs they name.
 */
export function errorText(error: unknown): string {
  return messageOf(error)
    .slice(0, maxLength)
    .replace(/\/\/[^\s/@]*@/g, "//***@");
}

/** A thrown value may be anything, one whose message throws included. */
function messageOf(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message || error.name : `${error}`;
    return typeof text === "string" ? text : "unknown error";
  } catch {
    return "unknown error";
  }
}
