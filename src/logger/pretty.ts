import { createRequire } from "node:module";
import type { PrettyOptions } from "pino-pretty";
import { TaffrailError } from "../errors.ts";
import type { Destination } from "./destination.ts";

type Prettify = (line: string) => string | undefined;

/**
 * Wrap a destination so that lines for people go to it, made by the optional package pino-pretty in
 * this process.
 *
 * @throws TaffrailError `ERR_TAFFRAIL_PRETTY_MISSING` where the package is not installed
 */
export function prettyDestination(inner: Destination, colorize: boolean): Destination {
  const prettify = loadPrettify(colorize);
  return {
    write: (line, urgent) => inner.write(prettify(line) ?? line, urgent),
    flushSync: (patience) => inner.flushSync(patience),
  };
}

function loadPrettify(colorize: boolean): Prettify {
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
