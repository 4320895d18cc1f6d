import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Options } from "pino-http";
import { defaultKit, type Taffrail } from "../../src/index.ts";
import { exchangeOf } from "../node/exchange.ts";
import { NodeSource } from "../node/source.ts";
import { checkOptions } from "./check-options.ts";
import { contractLogger } from "./contract-logger.ts";
import { noteErrors } from "./note-errors.ts";
import { OldFields } from "./old-fields.ts";
import { openExchange } from "./open-exchange.ts";
import { RequestPreferences, type SetUp } from "./preferences.ts";

export interface ContractSettings {
  /** Write pino-http's `req`, `res`, `err` and `responseTime` beside the contract's fields, as long as something still reads them. @default false */
  readonly oldNames?: boolean;
}

/**
 * The options that make pino-http, or nestjs-pino, write the log contract: one completion line a request, the kit's
 * ids, levels, redaction and metrics, and `req.log` a logger of the kit's.
 *
 * @param kit the kit; without one, a default kit is built from the environment
 * @param options the set-up's own options: those that add something compose, those that would break a line's form don't
 * @throws TaffrailError `ERR_TAFFRAIL_CONFIG_INVALID` for options that don't, with what to do in their place
 * @example
 * app.use(pinoHttp(contractOptions(kit)));
 * LoggerModule.forRoot({ pinoHttp: contractOptions(kit), renameContext: "scope_name" });
 */
export function contractOptions<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
>(
  kit: Taffrail = defaultKit(),
  options: Options<Req, Res> = {},
  { oldNames = false }: ContractSettings = {},
): Options<Req, Res> {
  checkOptions(options);
  // Its functions are given nothing but what pino-http gives them.
  const own = options as Options;
  const setUp: SetUp = { kit, options: own, oldFields: new OldFields(own), oldNames };
  const genReqId = (req: Req, res: Res): string => begin(setUp, req, res);
  const customProps = (req: Req, res: Res): object => {
    // pino-http asks for an id only where none was there, for these always.
    begin(setUp, req, res);
    return none;
  };
  return {
    logger: contractLogger(kit, own, customProps),
    genReqId,
    customProps,
    // The completion line is the exchange's; whoever turns pino-http's on again gets none.
    autoLogging: false,
    customLogLevel: () => "silent",
    wrapSerializers: false,
    quietReqLogger: false,
    quietResLogger: false,
    ...(options.customAttributeKeys && { customAttributeKeys: options.customAttributeKeys }),
  };
}

/** For no properties pino-http makes no child, which its types don't know. */
const none = undefined as unknown as object;

/** Begin the exchange of a request, or join the one that a framework's adapter in front began, and answer its id. */
function begin(setUp: SetUp, req: IncomingMessage, res: ServerResponse): string {
  const known = exchangeOf(req);
  if (known === undefined) return beginNew(setUp, req, res);
  req.id = known.requestId;
  const { source } = known;
  // pino-http may stand in the way of a request more than once.
  if (source instanceof NodeSource && source.preferences === undefined) {
    const preferences = new RequestPreferences(setUp, req, res);
    source.preferences = preferences;
    noteErrors(known, res);
    preferences.begin(known);
  }
  return known.requestId;
}

function beginNew(setUp: SetUp, req: IncomingMessage, res: ServerResponse): string {
  const preferences = new RequestPreferences(setUp, req, res);
  const exchange = openExchange(setUp.kit, req, res, preferences);
  // A path that is skipped has no exchange; the application may ask for its id all the same.
  const id = exchange?.requestId ?? preferences.requestId ?? randomUUID();
  req.id = id;
  if (exchange === undefined) return id;
  noteErrors(exchange, res);
  preferences.begin(exchange);
  return id;
}
