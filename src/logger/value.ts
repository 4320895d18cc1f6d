import { exceptionFields } from "./exception.ts";
import { type IsSecret, mask } from "./redaction.ts";

const maxDepth = 8;
const maxItems = 200;

/**
 * Copy a value into what JSON can carry: secrets masked at any depth, Map, Set, BigInt and Error
 * kept, cycles and getters that throw named in place. Never throws.
 */
export function loggable(value: unknown, isSecret: IsSecret, depth = 0): unknown {
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= maxDepth) return "[depth limit]";
  try {
    return copy(value, isSecret, depth);
  } catch (error) {
    return `[unreadable: ${exceptionFields(error).exception_message}]`;
  }
}

function copy(value: object, isSecret: IsSecret, depth: number): unknown {
  if (value instanceof Error) return exceptionFields(value);
  if (value instanceof Map)
    return entries(
      [...value].map(([key, inner]) => [String(key), inner]),
      isSecret,
      depth,
    );
  if (value instanceof Set) return items([...value], isSecret, depth);
  if (Array.isArray(value)) return items(value, isSecret, depth);
  if (ArrayBuffer.isView(value)) return `[${value.constructor.name} of ${value.byteLength} bytes]`;
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === "function") return loggable(toJSON.call(value), isSecret, depth + 1);
  return entries(Object.entries(value), isSecret, depth);
}

function items(values: readonly unknown[], isSecret: IsSecret, depth: number): unknown[] {
  return values.slice(0, maxItems).map((inner) => loggable(inner, isSecret, depth + 1));
}

function entries(pairs: readonly [string, unknown][], isSecret: IsSecret, depth: number): object {
  return Object.fromEntries(
    pairs
      .slice(0, maxItems)
      .map(([key, inner]) => [key, isSecret(key) ? mask : loggable(inner, isSecret, depth + 1)]),
  );
}
