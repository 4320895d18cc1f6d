import { interpolate, placeholders } from "./guard/interpolate.ts";
import { isError, knownKind } from "./guard/known-kind.ts";
import type { Shaper } from "./guard/shaper.ts";

/** What a log call says, whatever way its arguments were arranged. */
export interface LogCall {
  /** Objects whose own keys are fields, in order. */
  readonly objects: readonly object[];
  /** The message with its placeholders filled; undefined where none was given. */
  readonly text: string | undefined;
}

/**
 * Read a log call's arguments: `(fields, text, ...values)` as pino has it, and what pino would lose
 * without a word: `(text, error)`, `(text, fields)`, values that no placeholder takes.
 */
export function readCall(args: readonly unknown[], shaper: Shaper): LogCall {
  const first = args[0];
  const hasFields = typeof first === "object" && first !== null;
  const text = args[hasFields || first === undefined ? 1 : 0];
  const rest = hasFields || first === undefined ? 2 : 1;
  const objects = hasFields ? [asFields(first)] : [];
  // The usual call: all said, nothing to fill in.
  if (args.length <= rest && (typeof text === "string" || text === undefined)) {
    return { objects, text: text === undefined ? undefined : shaper.text(text) };
  }
  const template = typeof text === "string" ? text.slice(0, maxTemplateLength) : inWords(text, shaper);
  const count = typeof text === "string" ? placeholders(template) : 0;
  let message = interpolate(template, args.slice(rest, rest + count), shaper);
  for (const extra of args.slice(rest + count)) {
    if (typeof extra === "object" && extra !== null) objects.push(asFields(extra));
    else if (extra !== undefined) message += ` ${inWords(extra, shaper)}`;
  }
  // Masked as a whole: "password: %s" is harmless until it is filled in.
  return { objects, text: shaper.text(message) };
}

/** Enough for any template; what it is filled to is cut by the line's own limits. */
const maxTemplateLength = 10_000;

/** What is no bag of fields becomes the value of one. */
function asFields(value: object): object {
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return value;
    if (isError(value)) return { err: value };
    return isBag(value) ? value : { value };
  } catch {
    return value; // A hostile proxy: the shaper says what of it can't be read.
  }
}

/** An instance of a class of the application's, not of a built-in one like Map or Date. */
function isBag(value: object): boolean {
  const isPlain = Object.prototype.toString.call(value) === "[object Object]";
  return isPlain && knownKind(value) === undefined && !("toJSON" in value);
}

function inWords(value: unknown, shaper: Shaper): string {
  const shaped = shaper.value(value);
  return typeof shaped === "string" ? shaped : String(JSON.stringify(shaped));
}
