/**
 * Create pino's time function: RFC 3339, UTC, milliseconds. The text is kept for as long as the second
 * lasts, since formatting a date costs more than the rest of a short line.
 */
export function createTimestamp(now: () => number = Date.now): () => string {
  let lastSecond = Number.NaN;
  let prefix = "";
  return () => {
    const ms = now();
    const second = Math.floor(ms / 1_000);
    if (second !== lastSecond) {
      lastSecond = second;
      prefix = `,"time":"${new Date(second * 1_000).toISOString().slice(0, 20)}`;
    }
    return prefix + milliseconds[ms - second * 1_000];
  };
}

/** The end of the text for every millisecond of a second. */
const milliseconds: readonly string[] = Array.from(
  { length: 1_000 },
  (_, ms) => `${String(ms).padStart(3, "0")}Z"`,
);
