import { expandTemplate } from "./regex/expand.ts";
import { compileRe2 } from "./regex/re2.ts";
import { RegexSyntaxError } from "./regex/syntax.ts";
import type { TemplateFunction } from "./template/functions.ts";
import { builtinFunctions } from "./template/functions-builtin.ts";
import { replaceMatches } from "./template/functions-regex.ts";
import { GoTime } from "./template/go-time.ts";
import { Labels } from "./template/labels.ts";
import { TemplateSyntaxError } from "./template/nodes.ts";
import { parseTemplate } from "./template/parser.ts";
import { sprintf } from "./template/printf.ts";
import { runTemplate } from "./template/run.ts";
import { TemplateRunError, type TemplateValue } from "./template/values.ts";

export type { TemplateValue };
/** A template whose text is wrong, or that failed while it ran. Functions of the caller throw it too. */
/** A map of texts: a key it lacks is the empty text, as for a Go `map[string]string` with missingkey=zero. */
export { Labels as TextMap, TemplateRunError as GoTemplateError };

/** Functions a template may call beside Go's own, by name. */
export type TemplateFunctions = ReadonlyMap<
  string,
  Pick<TemplateFunction, "min" | "max"> & {
    readonly call: (args: readonly TemplateValue[]) => TemplateValue;
  }
>;

/**
 * Compile a Go text template for a caller with a dot and functions of its own, such as those of alert rules.
 * @throws GoTemplateError, now and when it runs.
 * @see https://pkg.go.dev/text/template
 */
export function compileGoTemplate(
  text: string,
  names: ReadonlySet<string>,
): (dot: TemplateValue, functions: TemplateFunctions) => string {
  try {
    const parsed = parseTemplate(text, new Set([...Object.keys(builtinFunctions), ...names]));
    return (dot, functions) => {
      const table = new Map([...Object.entries(builtinFunctions), ...functions]);
      return runTemplate(parsed, dot, { functions: table, entry: { line: "", timestamp: 0n } });
    };
  } catch (error) {
    if (error instanceof TemplateSyntaxError) throw new TemplateRunError(error.message, { cause: error });
    throw error;
  }
}

/** Format as Go's fmt.Sprintf does. */
export function formatGo(format: string, values: readonly TemplateValue[]): string {
  return sprintf(format, values);
}

/** A time in UTC, from seconds since 1970, that prints as Go prints one. */
export function goTime(seconds: number): GoTime {
  if (!Number.isFinite(seconds)) throw new TemplateRunError(`${seconds} is no time`);
  return new GoTime(BigInt(Math.round(seconds * 1000)) * 1_000_000n);
}

/** Whether a pattern of RE2's syntax matches anywhere in the text. */
export function testRegex(pattern: string, text: string): boolean {
  return compile(pattern).test(text);
}

/** Replace every match of a pattern of RE2's syntax; `$1` and `${name}` in the replacement are its groups. */
export function replaceRegex(pattern: string, replacement: string, text: string): string {
  const regex = compile(pattern);
  return replaceMatches(regex, text, (match) => expandTemplate(replacement, match, regex.names));
}

function compile(pattern: string): ReturnType<typeof compileRe2> {
  try {
    return compileRe2(pattern);
  } catch (error) {
    if (error instanceof RegexSyntaxError) throw new TemplateRunError(error.message, { cause: error });
    throw error;
  }
}
