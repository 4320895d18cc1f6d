/**
 * Create pino's time function: RFC 3339, UTC, milliseconds. Lines of the same millisecond share the
 * text, since formatting a date costs more than the rest of a short line.
 */
export function createTimestamp(now: () => number = Date.now): () => string {
  let lastMs = Number.NaN;
  let text = "";
  return () => {
    const ms = now();
    if (ms !== lastMs) {
      lastMs = ms;
      text = `,"time":"${new Date(ms).toISOString()}"`;
    }
    return text;
  };
}
