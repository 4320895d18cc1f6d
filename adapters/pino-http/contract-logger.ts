import type { Bindings, ChildLoggerOptions, Logger } from "pino";
import type { Options } from "pino-http";
import { currentExchange } from "../../src/http/exchange.ts";
import type { Taffrail } from "../../src/index.ts";
import { bindLaterScope } from "../../src/logger/bind-scope.ts";
import { exchangeOf } from "../node/exchange.ts";
import { checkSpread } from "./check-options.ts";

type MakeChild = (bindings: Bindings, options?: ChildLoggerOptions) => Logger;

/**
 * The logger that pino-http makes its own a child of, once, with all its options: the last chance to see what they
 * came to. From that child it makes one for each request, with the request as a field, which is the kit's logger
 * of that request instead.
 */
export function contractLogger(kit: Taffrail, options: Options, customProps: unknown): Logger {
  const child: MakeChild = (_none, merged) => {
    checkSpread({ ...merged }, customProps);
    return makeRequestLoggers(kit.log.child({}, childOptions(options)));
  };
  return withMethods(kit.log, { child });
}

function childOptions({ level, msgPrefix, serializers = {} }: Options): ChildLoggerOptions {
  // An error is spread into the contract's fields, whatever else is made of it.
  const { err: _, ...own } = serializers;
  return {
    serializers: own,
    ...(level !== undefined && { level }),
    ...(msgPrefix !== undefined && { msgPrefix }),
  };
}

/** Have a logger, and those made of it, answer a request for its field with the logger of that request. */
function makeRequestLoggers(logger: Logger): Logger {
  const make: MakeChild = logger.child;
  return withMethods(logger, {
    child(this: Logger, bindings: Bindings, options?: ChildLoggerOptions): Logger {
      const [value, ...others] = Object.values(bindings);
      if (isRequest(value) && others.length === 0) return requestLogger(this, value);
      return make.call(this, bindings, options);
    },
    error(this: Logger, ...args: Parameters<Logger["error"]>): void {
      if (!noteNestError(args)) logger.error.apply(this, args);
    },
  });
}

/** Node's own of HTTP/1 or HTTP/2, which are of no one class. */
function isRequest(value: unknown): value is object {
  return typeof value === "object" && value !== null && "httpVersionMajor" in value;
}

function requestLogger(logger: Logger, req: object): Logger {
  // An application that has ids of its own has them before pino-http begins the exchange.
  const bound = bindLaterScope(logger, () => exchangeOf(req));
  return withMethods(bound, {
    /** Fields bound to a request's logger afterwards are meant for the completion line. */
    setBindings(fields: Bindings): void {
      exchangeOf(req)?.addFields(fields);
    },
  });
}

/** Have what Nest's exceptions handler says during a request stand on its completion line, with more, and not twice. */
function noteNestError([fields, text]: readonly unknown[]): boolean {
  if (typeof fields !== "object" || fields === null) return false;
  const exchange = Object.values(fields).includes("ExceptionsHandler") ? currentExchange() : undefined;
  exchange?.failUnhandled("err" in fields ? fields.err : text);
  return exchange !== undefined;
}

/** A logger that inherits from another, as pino's children do. */
function withMethods(logger: Logger, methods: object): Logger {
  return Object.assign(Object.create(logger) as Logger, methods);
}
