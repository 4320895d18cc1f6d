import { createRequire } from "node:module";
import type { PrettyOptions } from "pino-pretty";
import { TaffrailError } from "../../errors.ts";
import type { Destination } from "./destination.ts";
import { printable } from "./printable.ts";
import { unsaid } from "./unsaid.ts";

/** Makes a line for people of a record. */
export type Prettify = (line: object) => string | undefined;

/** Wrap a destination so that lines for people go to it. */
export function prettyDestination(inner: Destination, prettify: Prettify): Destination {
  return {
    write: (line, urgent) => inner.write(forPeople(line, prettify), urgent),
    flushSync: (patience) => inner.flushSync(patience),
  };
}

/** The stack trace stands below its line, each frame on a line of its own; all else is one line. */
function forPeople(line: string, prettify: Prettify): string {
  // Every line the logger makes is a JSON object.
  const { exception_stacktrace: stack, ...others } = unsaid(JSON.parse(line) as Record<string, unknown>);
  const text = prettify(printable(others) as object) ?? line;
  if (typeof stack !== "string") return text;
  const frames = stack.split("\n").map((frame) => `    ${String(printable(frame.trim()))}\n`);
  return text + frames.join("");
}

/**
 * Load the optional package pino-pretty into this process.
 *
 * @throws TaffrailError `ERR_TAFFRAIL_PRETTY_MISSING` where it is not installed
 */
export function loadPrettify(colorize: boolean): Prettify {
  try {
    // Loaded only where pretty output is asked for, and at once: a dynamic import would be late for the first line.
    const { prettyFactory } = createRequire(import.meta.url)("pino-pretty") as {
      prettyFactory(options: PrettyOptions): Prettify;
    };
    return prettyFactory({
      colorize,
      translateTime: "SYS:HH:MM:ss.l",
      timestampKey: "time",
      messageKey: "msg",
      ignore: "service_name,service_version,deployment_environment_name,service_instance_id",
      singleLine: true,
    });
  } catch (cause) {
    throw new TaffrailError(
      "ERR_TAFFRAIL_PRETTY_MISSING",
      "LOG_FORMAT is pretty, but the package pino-pretty is not installed: npm install --save-dev pino-pretty, or set LOG_FORMAT=json",
      { cause },
    );
  }
}
