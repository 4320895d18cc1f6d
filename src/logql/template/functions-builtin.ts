import { asInt, asText } from "./cast.ts";
import type { TemplateFunction } from "./functions.ts";
import { printAll, printValue } from "./print.ts";
import { sprintf } from "./printf.ts";
import { isList, isMap, isTruthy, TemplateRunError, type TemplateValue } from "./values.ts";

/** The functions that every Go template has. `and` and `or` stop at the first answer, in run.ts. */
export const builtinFunctions: Readonly<Record<string, TemplateFunction>> = {
  and: { min: 1, max: Infinity, call: (args) => args.find((arg) => !isTruthy(arg)) ?? args.at(-1) ?? null },
  or: { min: 1, max: Infinity, call: (args) => args.find(isTruthy) ?? args.at(-1) ?? null },
  not: { min: 1, max: 1, call: ([arg]) => !isTruthy(arg ?? null) },
  call: {
    min: 1,
    max: Infinity,
    call: () => {
      // No value of a template is a function.
      throw new TemplateRunError("non-function of type string");
    },
  },
  len: { min: 1, max: 1, call: ([arg]) => BigInt(length(arg ?? null)) },
  index: { min: 1, max: Infinity, call: ([arg, ...keys]) => keys.reduce(index, arg ?? null) },
  slice: { min: 1, max: 4, call: ([arg, from, to]) => slice(arg ?? null, from, to) },
  print: { min: 0, max: Infinity, call: printAll },
  println: { min: 0, max: Infinity, call: (args) => `${args.map(printValue).join(" ")}\n` },
  printf: { min: 1, max: Infinity, call: ([format, ...args]) => sprintf(asText(format), args) },
  html: {
    min: 0,
    max: Infinity,
    call: (args) => printAll(args).replace(/["'&<>\0]/g, (char) => htmlEscapes[char] ?? char),
  },
  js: { min: 0, max: Infinity, call: (args) => escapeJs(printAll(args)) },
  urlquery: { min: 0, max: Infinity, call: (args) => escapeQuery(printAll(args)) },
  eq: {
    min: 2,
    max: Infinity,
    call: ([first, ...rest]) => rest.some((other) => isEqual(first ?? null, other)),
  },
  ne: { min: 2, max: 2, call: ([a, b]) => !isEqual(a ?? null, b ?? null) },
  lt: { min: 2, max: 2, call: ([a, b]) => order(a ?? null, b ?? null) < 0 },
  le: { min: 2, max: 2, call: ([a, b]) => order(a ?? null, b ?? null) <= 0 },
  gt: { min: 2, max: 2, call: ([a, b]) => order(a ?? null, b ?? null) > 0 },
  ge: { min: 2, max: 2, call: ([a, b]) => order(a ?? null, b ?? null) >= 0 },
};

/** Escape a text for a query string, as Go's url.QueryEscape does. */
export function escapeQuery(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, "\ufffd"))
    .replaceAll("%20", "+")
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '"': "&#34;",
  "'": "&#39;",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\0": "\ufffd",
};

function escapeJs(text: string): string {
  return text.replace(/[\\'"<>&=\n\r\t]/g, (char) => {
    if (char === "\\" || char === "'" || char === '"') return `\\${char}`;
    return `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}

function length(value: TemplateValue): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (isList(value)) return value.length;
  if (isMap(value)) return value.size;
  throw new TemplateRunError("len of type that has no length");
}

function index(value: TemplateValue, key: TemplateValue): TemplateValue {
  if (isMap(value)) return value.get(asText(key)) ?? null;
  const at = asInt(key);
  const items = typeof value === "string" ? [...Buffer.from(value)].map(BigInt) : value;
  if (value === null || typeof items !== "object" || items === null || !isList(items))
    throw new TemplateRunError("can't index item of this type");
  if (at < 0 || at >= items.length) throw new TemplateRunError(`index out of range: ${at}`);
  return items[at] ?? null;
}

function slice(
  value: TemplateValue,
  from: TemplateValue | undefined,
  to: TemplateValue | undefined,
): TemplateValue {
  const size = length(value);
  const start = from === undefined ? 0 : asInt(from);
  const end = to === undefined ? size : asInt(to);
  if (start < 0 || end > size || start > end)
    throw new TemplateRunError(`index out of range: ${start < 0 || start > end ? start : end}`);
  if (typeof value === "string") return Buffer.from(value).toString("utf8", start, end);
  if (isList(value)) return value.slice(start, end);
  throw new TemplateRunError("can't slice item of this type");
}

function isEqual(a: TemplateValue, b: TemplateValue): boolean {
  if (a === null || b === null) return a === b;
  if (typeof a !== typeof b) throw new TemplateRunError("incompatible types for comparison");
  if (typeof a === "object") throw new TemplateRunError("non-comparable type");
  return a === b;
}

function order(a: TemplateValue, b: TemplateValue): number {
  if (typeof a !== typeof b) throw new TemplateRunError("incompatible types for comparison");
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "bigint" && typeof b === "bigint") return a < b ? -1 : a > b ? 1 : 0;
  throw new TemplateRunError("invalid type for comparison");
}
