const maxLength = 300;

/**
 * What may be shown of an error to whoever asks for readiness: its message, without stack, cut to 300
 * characters, and without the credentials that database drivers like to put in the URLs they name.
 */
export function errorText(error: unknown): string {
  const words = messageOf(error)
    .slice(0, 64 * 1024)
    .split(" ");
  return words.map(withoutCredentials).join(" ").slice(0, maxLength);
}

/** A thrown value may be anything, one whose message throws included. */
function messageOf(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message || error.name : String(error);
    return typeof text === "string" ? text : "unknown error";
  } catch {
    return "unknown error";
  }
}

/** Takes out all between `//` and the word's last `@`: a password may hold a slash or an `@` itself. */
function withoutCredentials(word: string): string {
  const start = word.indexOf("//");
  const end = word.lastIndexOf("@");
  return start >= 0 && end > start ? `${word.slice(0, start)}//***${word.slice(end)}` : word;
}
