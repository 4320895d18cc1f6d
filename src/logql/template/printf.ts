import { quote } from "../syntax/quoted.ts";
import { formatFloat, formatSpecial, goExponent } from "./go-number.ts";
import { printValue } from "./print.ts";
import { isList, TemplateRunError, type TemplateValue } from "./values.ts";

interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

/**
 * Format as Go's fmt.Sprintf does, mistakes included: `%!d(string=x)`, `%!s(MISSING)`.
 * @see https://pkg.go.dev/fmt
 */
export function sprintf(format: string, values: readonly TemplateValue[]): string {
  let used = 0;
  const take = (): TemplateValue | undefined => values[used++];
  const text = format.replace(
    /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?([\s\S]|$)/gu,
    (_, flags: string, width: string | undefined, precision: string | undefined, letter: string) => {
      const star = (part: string | undefined): number | undefined =>
        part === "*" ? Number(take() ?? 0) : part === undefined ? undefined : Number(part);
      const wide = star(width) ?? 0;
      const verb: Verb = {
        flags: wide < 0 ? `${flags}-` : flags,
        width: Math.abs(wide),
        precision: star(precision),
        letter,
      };
      if (verb.width > maxWidth || (verb.precision ?? 0) > maxWidth)
        throw new TemplateRunError("printf: width too large");
      if (letter === "%") return "%";
      if (letter === "") return "%!(NOVERB)";
      if (used >= values.length) return `%!${letter}(MISSING)`;
      return pad(formatVerb(verb, take() ?? null), verb);
    },
  );
  if (used >= values.length) return text;
  const extra = values
    .slice(used)
    .map((value) => (value === null ? "<nil>" : `${typeName(value)}=${printValue(value)}`));
  return `${text}%!(EXTRA ${extra.join(", ")})`;
}

const maxWidth = 100_000;

function formatVerb(verb: Verb, value: TemplateValue): string {
  if (verb.letter === "v") return formatDefault(verb, value);
  if (verb.letter === "T") return value === null ? "<nil>" : typeName(value);
  const text = isList(value)
    ? `[${value.map((item) => formatVerb(verb, item)).join(" ")}]`
    : typeof value === "bigint"
      ? formatInteger(verb, value)
      : typeof value === "number"
        ? formatNumber(verb, value)
        : typeof value === "string"
          ? formatString(verb, value)
          : typeof value === "boolean" && verb.letter === "t"
            ? String(value)
            : typeof value === "object" && value !== null && verb.letter === "s"
              ? printValue(value)
              : undefined;
  return (
    text ??
    (value === null ? `%!${verb.letter}(<nil>)` : `%!${verb.letter}(${typeName(value)}=${printValue(value)})`)
  );
}

function formatDefault(verb: Verb, value: TemplateValue): string {
  if (typeof value === "number" && verb.precision !== undefined)
    return formatNumber({ ...verb, letter: "g" }, value) ?? "";
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
  return letter === "x" ? hex : hex.toUpperCase();
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
  if (verb.letter === "q") return `'${character === "'" ? "\\'" : character}'`;
  if (verb.letter === "U") return `U+${value.toString(16).toUpperCase().padStart(4, "0")}`;
  return undefined;
}

function formatNumber(verb: Verb, value: number): string | undefined {
  const size = Math.abs(value);
  const negative = value < 0 || Object.is(value, -0);
  const special = formatSpecial(value);
  if (special !== undefined && "feEgGF".includes(verb.letter))
    return verb.flags.includes("+") || !special.startsWith("+") ? special : special;
  switch (verb.letter) {
    case "f":
    case "F":
      return signed(verb, negative, fixed(size, verb.precision ?? 6));
    case "e":
    case "E": {
      const text = goExponent(evenTie(size.toExponential(Math.min(verb.precision ?? 6, 100)), size));
      return signed(verb, negative, verb.letter === "E" ? text.toUpperCase() : text);
    }
    case "x":
      return signed(verb, negative, hexFloat(size));
    case "g":
    case "G":
      return signed(verb, negative, general(size, verb.precision));
    default:
      return undefined;
  }
}

// The mantissa is exact in base 16; Go writes it from 1 up to 2.
function hexFloat(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return value === 0 ? "0x0p+00" : (formatSpecial(value) ?? "");
  let exponent = Math.floor(Math.log2(value));
  if (value / 2 ** exponent >= 2) exponent++;
  if (value / 2 ** exponent < 1) exponent--;
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `0x${(value / 2 ** exponent).toString(16)}p${exponent < 0 ? "-" : "+"}${power}`;
}

// toFixed gives an exponent from 1e21 on, where Go writes all digits.
function fixed(value: number, precision: number): string {
  if (value < 1e21) return evenTie(value.toFixed(Math.min(precision, 100)), value);
  return `${BigInt(value)}${precision > 0 ? `.${"0".repeat(precision)}` : ""}`;
}

// JavaScript rounds a tie up, Go to the even digit.
function evenTie(text: string, value: number): string {
  const [mantissa = "", exponent] = text.split("e");
  if (!/[13579]$/.test(mantissa)) return text;
  const below = mantissa.replace(/[0-9]$/, (digit) => String(Number(digit) - 1));
  const suffix = exponent === undefined ? "" : `e${exponent}`;
  const middle = `${below}${below.includes(".") ? "" : "."}5${suffix}`;
  const tie = Number(middle) === value && significant(middle) === significant(value.toExponential(40));
  return tie ? below + suffix : text;
}

function significant(text: string): string {
  return text
    .replace(/e.*/, "")
    .replace(".", "")
    .replace(/^0+|0+$/g, "");
}

function general(value: number, precision: number | undefined): string {
  if (precision === undefined) return formatFloat(value);
  const digits = Math.min(Math.max(precision, 1), 100);
  return formatFloat(Number(evenTie(value.toPrecision(digits), value)), digits);
}

function signed({ flags }: Verb, negative: boolean, text: string): string {
  if (negative) return `-${text}`;
  return flags.includes("+") ? `+${text}` : flags.includes(" ") ? ` ${text}` : text;
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : [...text].slice(0, precision).join("");
}

function pad(text: string, { flags, width }: Verb): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes("-")) return text + " ".repeat(missing);
  if (!flags.includes("0")) return " ".repeat(missing) + text;
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  return sign + "0".repeat(missing) + text.slice(sign.length);
}

function typeName(value: TemplateValue): string {
  if (typeof value === "string") return "string";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return "float64";
  if (typeof value === "boolean") return "bool";
  if (isList(value)) return "[]interface {}";
  return value instanceof Map ? "map[string]interface {}" : "time.Time";
}
