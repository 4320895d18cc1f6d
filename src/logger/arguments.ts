import type { LogFn } from "pino";

type Arguments = Parameters<LogFn>;

/**
 * Arrange a log call's arguments so that pino keeps all of them: `log.error("text", err)` and
 * `log.info("text", { a: 1 })` would otherwise lose the second without a word.
 */
export function arrangeArguments(args: Arguments): Arguments {
  const [text, ...rest] = args as [unknown, ...unknown[]];
  if (typeof text !== "string" || rest.length === 0) return args;
  const placeholders = countPlaceholders(text);
  const extra = rest.slice(placeholders).filter((value) => typeof value === "object" && value !== null);
  if (extra.length === 0) return args;
  const merged = Object.assign(
    {},
    ...extra.map((value) => (value instanceof Error ? { err: value } : value)),
  );
  // pino's own signature: fields, text, values.
  return [merged, text, ...rest.slice(0, placeholders)] as unknown as Arguments;
}

function countPlaceholders(text: string): number {
  let count = 0;
  for (let at = text.indexOf("%"); at >= 0 && at < text.length - 1; at = text.indexOf("%", at + 2)) {
    if ("sdifjoOc".includes(text.charAt(at + 1))) count++;
  }
  return count;
}
