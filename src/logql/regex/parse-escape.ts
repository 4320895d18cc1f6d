import type { RegexReader } from "./reader.ts";
import type { Regex } from "./syntax.ts";

/** Parse what a backslash starts, outside a class. */
export function parseEscape(reader: RegexReader): Regex {
  const start = reader.at;
  const assertion = assertions.get(reader.pattern.slice(start, start + 2));
  if (assertion) {
    reader.at += 2;
    return { kind: "assert", what: assertion };
  }
  const items = parseSetEscape(reader);
  if (items !== undefined) return { kind: "set", set: { negated: false, items, fold: reader.flags.i } };
  return { kind: "literal", code: parseCharacterEscape(reader), fold: reader.flags.i };
}

/** Parse `\d`, `\pL` and their like to the items of a class; undefined when none stands here. */
export function parseSetEscape(reader: RegexReader): string | undefined {
  const letter = reader.pattern.charAt(reader.at + 1);
  const perl = perlClasses[letter];
  if (perl !== undefined) {
    reader.at += 2;
    return perl;
  }
  return letter === "p" || letter === "P" ? parseUnicodeClass(reader) : undefined;
}

/** Parse an escape that stands for one character. */
export function parseCharacterEscape(reader: RegexReader): number {
  const start = reader.at;
  reader.at++;
  if (reader.done) throw reader.error("trailing backslash at end of expression", start, "");
  const octal = reader.match(/0[0-7]{0,2}|[1-7][0-7]{1,2}/y);
  if (octal) return Number.parseInt(octal[0], 8);
  const hex = reader.match(/x(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/y);
  if (hex) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? "", 16);
    if (code > 0x10ffff) throw reader.error("invalid escape sequence", start);
    return code;
  }
  const code = reader.readCode();
  const control = controls[String.fromCodePoint(code)];
  if (control !== undefined) return control;
  if (code < 0x80 && !/[0-9A-Za-z]/.test(String.fromCodePoint(code))) return code;
  throw reader.error("invalid escape sequence", start);
}

const assertions: ReadonlyMap<string, "text-start" | "text-end" | "word" | "not-word"> = new Map([
  ["\\A", "text-start"],
  ["\\z", "text-end"],
  ["\\b", "word"],
  ["\\B", "not-word"],
]);

// Perl's classes are ASCII in RE2, while JavaScript's \s takes Unicode spaces too.
const perlClasses: Readonly<Record<string, string>> = {
  d: "0-9",
  D: "\\u{0}-\\/:-\\u{10ffff}",
  s: "\\t\\n\\f\\r ",
  S: "\\u{0}-\\u{8}\\u{b}\\u{e}-\\u{1f}!-\\u{10ffff}",
  w: "0-9A-Za-z_",
  W: "\\u{0}-\\/:-@\\[-\\^`\\{-\\u{10ffff}",
};

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

const unicodeName = /\\[pP](?:\{(\^?)(\w+)\}|(\w))/y;

function parseUnicodeClass(reader: RegexReader): string {
  const start = reader.at;
  const negated = reader.pattern.charAt(start + 1) === "P";
  const found = reader.match(unicodeName);
  const name = found?.[2] ?? found?.[3] ?? "";
  const property = ["", "Script="].map((kind) => `${kind}${name}`).find(isProperty);
  if (!found || !property)
    throw reader.error("invalid character class range", start, found?.[0] ?? reader.pattern.slice(start));
  return `\\${negated !== (found[1] === "^") ? "P" : "p"}{${property}}`;
}

function isProperty(name: string): boolean {
  // Categories have one or two letters; JavaScript's long names and binary properties are not RE2's.
  if (!name.startsWith("Script=") && !/^[A-Z][a-z]?$/.test(name)) return false;
  try {
    new RegExp(`\\p{${name}}`, "u");
    return true;
  } catch {
    // The engine knows no such property.
    return false;
  }
}
