import { parseBytes } from "../syntax/quantity.ts";
import { asInt, asText } from "./cast.ts";
import { parseJsonValue } from "./from-json.ts";
import type { TemplateFunction } from "./functions.ts";
import { escapeQuery } from "./functions-builtin.ts";
import {
  align,
  decodeBase64,
  indent,
  repeat,
  replaceAll,
  replaceSome,
  substring,
  title,
  trimSet,
  trimSpace,
  truncate,
  unescapeQuery,
} from "./string-operations.ts";
import { isTruthy, TemplateRunError, type TemplateValue } from "./values.ts";

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

function bytes(text: string): TemplateValue {
  const value = parseBytes(text);
  if (value === undefined)
    throw new TemplateRunError(`strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`);
  return value;
}
