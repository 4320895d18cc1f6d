import { printValue } from "./print.ts";
import { formatVerb, pad, typeName } from "./printf-verbs.ts";
import { TemplateRunError, type TemplateValue } from "./values.ts";
import type { Verb } from "./verb.ts";

/**
 * Format as Go's fmt.Sprintf does, mistakes included: `%!d(string=x)`, `%!s(MISSING)`.
 * @see https://pkg.go.dev/fmt
 */
export function sprintf(format: string, values: readonly TemplateValue[]): string {
  const args = new Arguments(values);
  const text = format.replace(directive, (_, ...groups: (string | undefined)[]) => formatOne(groups, args));
  return args.reordered ? text : text + extra(args.rest);
}

/** A template must not be able to fill the memory. */
const maxWidth = 100_000;

const directive = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?(?:\[(\d+)\])?([\s\S]|$)/gu;

/** The arguments, and which is next. */
class Arguments {
  readonly #values: readonly TemplateValue[];
  #next = 0;
  reordered = false;

  constructor(values: readonly TemplateValue[]) {
    this.#values = values;
  }

  get rest(): readonly TemplateValue[] {
    return this.#values.slice(this.#next);
  }

  take(): TemplateValue | undefined {
    return this.#values[this.#next++];
  }

  moveTo(index: number): void {
    this.#next = index - 1;
    this.reordered = true;
  }
}

function formatOne(
  [flags = "", width, precision, index, letter = ""]: (string | undefined)[],
  args: Arguments,
): string {
  const wide = sizeOf(width, args) ?? 0;
  const verb: Verb = {
    flags: wide < 0 ? `${flags}-` : flags,
    width: Math.abs(wide),
    precision: sizeOf(precision, args),
    letter,
  };
  if (verb.width > maxWidth || (verb.precision ?? 0) > maxWidth)
    throw new TemplateRunError("printf: width too large");
  if (letter === "%") return "%";
  if (letter === "") return "%!(NOVERB)";
  if (index !== undefined) args.moveTo(Number(index));
  const value = args.take();
  return value === undefined
    ? `%!${letter}(${index === undefined ? "MISSING" : "BADINDEX"})`
    : pad(formatVerb(verb, value), verb);
}

function sizeOf(text: string | undefined, args: Arguments): number | undefined {
  if (text === undefined) return undefined;
  return text === "*" ? Number(args.take() ?? 0) : Number(text);
}

function extra(values: readonly TemplateValue[]): string {
  if (values.length === 0) return "";
  return `%!(EXTRA ${values.map((value) => (value === null ? "<nil>" : `${typeName(value)}=${printValue(value)}`)).join(", ")})`;
}
