import { parseBytes } from "../syntax/quantity.ts";
import { asInt, asText } from "./cast.ts";
import { parseJsonValue } from "./from-json.ts";
import type { TemplateFunction } from "./functions.ts";
import { escapeQuery } from "./functions-builtin.ts";
import { isTruthy, TemplateRunError, type TemplateValue } from "./values.ts";

/** Characters a function may make of its arguments: a template must not be able to fill the memory. */
const maxText = 1_000_000;

/** The functions on strings. */
export const textFunctions: Readonly<Record<string, TemplateFunction>> = {
  lower: one((text) => text.toLowerCase()),
  upper: one((text) => text.toUpperCase()),
  title: one(title),
  ToLower: one((text) => text.toLowerCase()),
  ToUpper: one((text) => text.toUpperCase()),
  trim: one(trimSpace),
  TrimSpace: one(trimSpace),
  trimAll: two((characters, text) => trimSet(text, characters, "both")),
  trimPrefix: two((prefix, text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimSuffix: two((suffix, text) =>
    suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  Trim: two((text, characters) => trimSet(text, characters, "both")),
  TrimLeft: two((text, characters) => trimSet(text, characters, "start")),
  TrimRight: two((text, characters) => trimSet(text, characters, "end")),
  TrimPrefix: two((text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  TrimSuffix: two((text, suffix) =>
    suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  replace: { min: 3, max: 3, call: ([from, to, text]) => replaceAll(asText(text), asText(from), asText(to)) },
  Replace: {
    min: 4,
    max: 4,
    call: ([text, from, to, count]) =>
      replaceSome(asText(text), asText(from), { to: asText(to), count: asInt(count) }),
  },
  contains: { min: 2, max: 2, call: ([part, text]) => asText(text).includes(asText(part)) },
  hasPrefix: { min: 2, max: 2, call: ([part, text]) => asText(text).startsWith(asText(part)) },
  hasSuffix: { min: 2, max: 2, call: ([part, text]) => asText(text).endsWith(asText(part)) },
  trunc: { min: 2, max: 2, call: ([count, text]) => truncate(asInt(count), asText(text)) },
  substr: { min: 3, max: 3, call: ([from, to, text]) => substring(asInt(from), asInt(to), asText(text)) },
  alignLeft: { min: 2, max: 2, call: ([count, text]) => align(asInt(count), asText(text), "left") },
  alignRight: { min: 2, max: 2, call: ([count, text]) => align(asInt(count), asText(text), "right") },
  indent: { min: 2, max: 2, call: ([count, text]) => indent(asInt(count), asText(text)) },
  nindent: { min: 2, max: 2, call: ([count, text]) => `\n${indent(asInt(count), asText(text))}` },
  repeat: { min: 2, max: 2, call: ([count, text]) => repeat(asText(text), asInt(count)) },
  default: {
    min: 1,
    max: 2,
    call: ([fallback, value]) => (value === undefined || !isTruthy(value) ? (fallback ?? null) : value),
  },
  b64enc: one((text) => Buffer.from(text).toString("base64")),
  b64dec: one(decodeBase64),
  urlencode: one(escapeQuery),
  urldecode: one(unescapeQuery),
  fromJson: { min: 1, max: 1, call: ([text]) => parseJsonValue(asText(text)) },
  bytes: { min: 1, max: 1, call: ([text]) => bytes(asText(text)) },
};

function one(call: (text: string) => TemplateValue): TemplateFunction {
  return { min: 1, max: 1, call: ([text]) => call(asText(text)) };
}

function two(call: (first: string, second: string) => TemplateValue): TemplateFunction {
  return { min: 2, max: 2, call: ([first, second]) => call(asText(first), asText(second)) };
}

function title(text: string): string {
  return text.replace(
    /(^|[^\p{L}\p{N}_'])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

function trimSpace(text: string): string {
  return text.replace(/^[\s\u0085]+|[\s\u0085]+$/g, "");
}

function trimSet(text: string, characters: string, side: "start" | "end" | "both"): string {
  const all = [...text];
  const set = new Set(characters);
  let start = 0;
  let end = all.length;
  if (side !== "end") while (start < end && set.has(all[start] ?? "")) start++;
  if (side !== "start") while (end > start && set.has(all[end - 1] ?? "")) end--;
  return all.slice(start, end).join("");
}

function replaceAll(text: string, from: string, to: string): string {
  return replaceSome(text, from, { to, count: -1 });
}

function replaceSome(text: string, from: string, { to, count }: { to: string; count: number }): string {
  const parts = from === "" ? ["", ...text, ""] : text.split(from);
  const replaced = count < 0 ? parts.length - 1 : Math.min(count, parts.length - 1);
  bounded(text.length + replaced * to.length);
  return (
    parts.slice(0, replaced + 1).join(to) +
    parts
      .slice(replaced + 1)
      .map((part) => from + part)
      .join("")
  );
}

function truncate(count: number, text: string): string {
  const all = [...text];
  if (count < 0) return all.length + count > 0 ? all.slice(count).join("") : text;
  return all.slice(0, count).join("");
}

function substring(from: number, to: number, text: string): string {
  const all = [...text];
  if (from < 0) return all.slice(0, to).join("");
  return (to < 0 || to > all.length ? all.slice(from) : all.slice(from, to)).join("");
}

function align(count: number, text: string, side: "left" | "right"): string {
  const all = [...text];
  if (count < 0 || all.length === count) return text;
  if (all.length > count)
    return (side === "left" ? all.slice(0, count) : all.slice(all.length - count)).join("");
  const room = " ".repeat(bounded(count - all.length));
  return side === "left" ? text + room : room + text;
}

function indent(count: number, text: string): string {
  if (count < 0) throw new TemplateRunError("strings: negative Repeat count");
  bounded(count * text.split("\n").length);
  const room = " ".repeat(count);
  return room + text.replaceAll("\n", `\n${room}`);
}

function repeat(text: string, count: number): string {
  if (count < 0) throw new TemplateRunError("strings: negative Repeat count");
  bounded(text.length * count);
  return text.repeat(count);
}

function decodeBase64(text: string): string {
  // The text of the error is the result: sprig, whose function this is, does not fail.
  const valid = /^[A-Za-z0-9+/]*/.exec(text)?.[0].length ?? 0;
  const padding = text.length - valid;
  const complete = text.length % 4 === 0 && padding <= 2 && text.endsWith("=".repeat(padding));
  if (!complete) return `illegal base64 data at input byte ${valid}`;
  return Buffer.from(text, "base64").toString("utf8");
}

function unescapeQuery(text: string): string {
  const invalid = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(text)?.[0];
  if (invalid) throw new TemplateRunError(`invalid URL escape "${invalid}"`);
  const raw = text
    .replaceAll("+", " ")
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(0xf700 + Number.parseInt(hex, 16)),
    );
  return raw.replace(/[\uf700-\uf7ff]+/g, (run) =>
    Buffer.from([...run].map((unit) => unit.charCodeAt(0) & 0xff)).toString("utf8"),
  );
}

function bytes(text: string): TemplateValue {
  const value = parseBytes(text);
  if (value === undefined)
    throw new TemplateRunError(`strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`);
  return value;
}

function bounded(size: number): number {
  if (size > maxText) throw new TemplateRunError(`the text would be longer than ${maxText} characters`);
  return size;
}
