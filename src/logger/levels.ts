/** The severities, least first, as the log contract words them. */
export const levels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;

export type Level = (typeof levels)[number];

/** A level, or `silent` for no lines at all: what a logger may be set to. */
export type Threshold = Level | "silent";

/** Tell whether text names a severity a logger can be set to. */
export function isThreshold(text: string): text is Threshold {
  return text === "silent" || (levels as readonly string[]).includes(text);
}

/** One threshold for everything, and exceptions by logger name. */
export interface LevelSpec {
  readonly root: Threshold;
  readonly named: Readonly<Record<string, Threshold>>;
}

/**
 * Parse `info` or `info,http=debug,db=warn`; answers undefined for text that is neither.
 *
 * @param rootDefault the threshold where the text names none for the root
 */
export function parseLevelSpec(text: string, rootDefault: Threshold): LevelSpec | undefined {
  let root = rootDefault;
  const named: Record<string, Threshold> = {};
  for (const part of text.split(",")) {
    const [name, level, ...rest] = part.split("=").map((word) => word.trim());
    const threshold = (level ?? name)?.toLowerCase() ?? "";
    if (name === undefined || name === "" || rest.length > 0) return undefined;
    if (!isThreshold(threshold)) return undefined;
    if (level === undefined) root = threshold;
    else named[name] = threshold;
  }
  return { root, named };
}
