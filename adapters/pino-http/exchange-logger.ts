import type { Bindings, ChildLoggerOptions, Logger as PinoLogger } from "pino";
import type { Taffrail } from "../../src/index.ts";
import { exchangeOf } from "../node/exchange.ts";

/**
 * Create the logger that pino-http is given. It makes a child of it for every request, with the request as a
 * binding: in its place stands the logger of the request's exchange, whose lines carry the ids wherever it is called.
 */
export function exchangeLogger(kit: Taffrail, log: PinoLogger = kit.log): PinoLogger {
  return Object.assign(Object.create(log) as PinoLogger, {
    child(bindings: Bindings, options?: ChildLoggerOptions): PinoLogger {
      const { req, ...others } = bindings;
      const child =
        Object.keys(others).length > 0 || options !== undefined ? log.child(others, options) : log;
      return req === undefined ? exchangeLogger(kit, child) : requestLoggerOf(kit, req, child);
    },
  });
}

function requestLoggerOf(kit: Taffrail, req: object, log: PinoLogger): PinoLogger {
  const exchange = exchangeOf(req);
  if (exchange === undefined) return log;
  return Object.assign(kit.http.loggerOf(exchange), {
    // What nestjs-pino's assign() calls to have fields on the completion line.
    setBindings: (fields: Bindings) => exchange.addFields(fields),
  });
}
