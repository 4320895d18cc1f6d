import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger as PinoLogger } from "pino";
import { defaultKit, type Taffrail } from "../../src/index.ts";
import { exchangeOf, observeExchange } from "../node/exchange.ts";
import { exchangeLogger } from "./exchange-logger.ts";
import { refuseOptions } from "./refused-options.ts";
import { PinoHttpSource } from "./source.ts";

/** What is taken over of the options that pino-http had; any other is refused, with what stands in its place. */
export interface PinoHttpOptions {
  /** Fields for the completion line, asked for when the response ends. */
  readonly customProps?: (req: IncomingMessage, res: ServerResponse) => object;
}

/** Options for pino-http, or for nestjs-pino's `pinoHttp`. */
export interface ContractOptions {
  readonly logger: PinoLogger;
  readonly genReqId: (req: IncomingMessage, res: ServerResponse) => string;
  readonly autoLogging: false;
  readonly wrapSerializers: false;
}

/**
 * Make the options with which pino-http and nestjs-pino write the log contract: their loggers are the kit's, and the
 * one completion line of a request, its ids and its metrics are the kit's too. Alone it knows neither the route of a
 * mounted router nor the error behind a 500: mount the framework's own adapter in front for that.
 *
 * @param kit the kit; without one, a default kit is built from the environment
 * @param options what is kept of the options there were
 * @throws TaffrailError ERR_TAFFRAIL_CONFIG_INVALID for an option of pino-http's that contradicts the contract
 * @example
 * app.use(requestLogger(kit)); // from taffrail/express
 * app.use(pinoHttp(contractOptions(kit)));
 */
export function contractOptions(
  kit: Taffrail = defaultKit(),
  options: PinoHttpOptions = {},
): ContractOptions {
  refuseOptions(options);
  return {
    logger: exchangeLogger(kit),
    // The first that pino-http asks of a request: here is where it begins.
    genReqId(req, res) {
      observeExchange(kit, req, res, new PinoHttpSource(req, res));
      const exchange = exchangeOf(req);
      if (exchange === undefined) return ""; // A path that is skipped.
      failBy(res, (error) => exchange.fail(error));
      const { customProps } = options;
      if (customProps) {
        // Before the exchange's own listener, which ends it.
        res.prependOnceListener("close", () => {
          try {
            exchange.addFields({ ...customProps(req, res) });
          } catch (error) {
            kit.http.loggerOf(exchange).warn({ err: error }, "customProps failed");
          }
        });
      }
      return exchange.requestId;
    },
    autoLogging: false,
    wrapSerializers: false,
  };
}

/** pino-http's way to tell the error of a request is to put it on the response, as nestjs-pino's interceptor does. */
function failBy(res: ServerResponse, fail: (error: unknown) => void): void {
  let told: unknown;
  Object.defineProperty(res, "err", {
    configurable: true,
    get: () => told,
    set(error: unknown) {
      told = error;
      fail(error);
    },
  });
}
