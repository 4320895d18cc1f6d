import { quote } from "../syntax/quoted.ts";
import { printValue, sortedKeys } from "./print.ts";
import { formatNumber } from "./printf-float.ts";
import { isList, isMap, type TemplateValue } from "./values.ts";
import { signed, type Verb } from "./verb.ts";

/** Format a value by a verb; one that does not fit it is shown as Go shows it. */
export function formatVerb(verb: Verb, value: TemplateValue): string {
  if (verb.letter === "v") return formatDefault(verb, value);
  if (verb.letter === "T") return value === null ? "<nil>" : typeName(value);
  if (isList(value)) return `[${value.map((item) => formatItem(verb, item)).join(" ")}]`;
  if (isMap(value)) {
    return `map[${sortedKeys(value)
      .map((key) => `${formatItem(verb, key)}:${formatItem(verb, value.get(key) ?? null)}`)
      .join(" ")}]`;
  }
  const text = formatPlain(verb, value);
  if (text !== undefined) return text;
  if (value === null) return `%!${verb.letter}(<nil>)`;
  // The flags still count for the value.
  return `%!${verb.letter}(${typeName(value)}=${pad(formatDefault(verb, value), verb)})`;
}

/** The name Go has for the type of a value. */
export function typeName(value: TemplateValue): string {
  if (typeof value === "string") return "string";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return "float64";
  if (typeof value === "boolean") return "bool";
  if (isList(value)) return "[]interface {}";
  return isMap(value) ? "map[string]interface {}" : "time.Time";
}

// Inside a list or a map, nil is shown for what it is.
function formatItem(verb: Verb, value: TemplateValue): string {
  return value === null ? "<nil>" : formatVerb(verb, value);
}

function formatPlain(verb: Verb, value: TemplateValue): string | undefined {
  if (typeof value === "bigint") return formatInteger(verb, value);
  if (typeof value === "number") return formatNumber(verb, value);
  if (typeof value === "string") return formatString(verb, value);
  if (typeof value === "boolean") return verb.letter === "t" ? String(value) : undefined;
  return value !== null && verb.letter === "s" ? printValue(value) : undefined;
}

function formatDefault(verb: Verb, value: TemplateValue): string {
  if (typeof value === "number" && verb.precision !== undefined) {
    return formatNumber({ ...verb, letter: "g" }, value) ?? "";
  }
  if (typeof value === "string") return verb.flags.includes("#") ? quote(value) : cut(value, verb.precision);
  if (typeof value === "bigint") return signed(verb, value < 0n, String(value < 0n ? -value : value));
  return printValue(value);
}

function formatString({ letter, flags, precision }: Verb, value: string): string | undefined {
  const text = cut(value, precision);
  if (letter === "s") return text;
  if (letter === "q") return flags.includes("#") && !text.includes("`") ? `\`${text}\`` : quote(text);
  if (letter !== "x" && letter !== "X") return undefined;
  const hex = Buffer.from(text).toString("hex");
  const spaced = flags.includes(" ") ? hex.replace(/(..)(?=.)/g, "$1 ") : hex;
  return letter === "x" ? spaced : spaced.toUpperCase();
}

const bases: Readonly<Record<string, number>> = { d: 10, b: 2, o: 8, x: 16, X: 16 };
const prefixes: Readonly<Record<string, string>> = { b: "0b", o: "0", x: "0x", X: "0X" };

function formatInteger(verb: Verb, value: bigint): string | undefined {
  const base = bases[verb.letter];
  if (base !== undefined) {
    const digits = (value < 0n ? -value : value).toString(base).padStart(verb.precision ?? 0, "0");
    const prefix = verb.flags.includes("#") ? (prefixes[verb.letter] ?? "") : "";
    return signed(verb, value < 0n, prefix + (verb.letter === "X" ? digits.toUpperCase() : digits));
  }
  const character = value >= 0n && value <= 0x10ffffn ? String.fromCodePoint(Number(value)) : "\ufffd";
  if (verb.letter === "c") return character;
  if (verb.letter === "q") return quoteCharacter(character);
  if (verb.letter === "U") return `U+${value.toString(16).toUpperCase().padStart(4, "0")}`;
  return undefined;
}

function quoteCharacter(character: string): string {
  if (character === "'") return "'\\''";
  return character === '"' ? "'\"'" : `'${quote(character).slice(1, -1)}'`;
}

/** Fill up to the width of a verb. */
export function pad(text: string, { flags, width }: Verb): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes("-")) return text + " ".repeat(missing);
  if (!flags.includes("0")) return " ".repeat(missing) + text;
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  return sign + "0".repeat(missing) + text.slice(sign.length);
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : [...text].slice(0, precision).join("");
}
