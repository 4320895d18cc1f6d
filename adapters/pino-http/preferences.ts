import type { IncomingMessage, ServerResponse } from "node:http";
import type { Options } from "pino-http";
import type { Exchange } from "../../src/http/exchange.ts";
import type { ExchangePreferences } from "../../src/http/preferences.ts";
import type { Taffrail } from "../../src/index.ts";
import { isThreshold, type Threshold } from "../../src/logger/levels.ts";
import type { OldFields } from "./old-fields.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What the preferences of every request are read from. */
export interface SetUp {
  readonly kit: Taffrail;
  readonly options: Options;
  readonly oldFields: OldFields;
  /** Write the old fields, too. */
  readonly oldNames: boolean;
}

/** What a set-up's options say of one request. */
export class RequestPreferences implements ExchangePreferences {
  readonly requestId: string | undefined;
  readonly isQuiet: boolean;
  readonly #setUp: SetUp;
  readonly #req: IncomingMessage;
  readonly #res: ServerResponse;
  #exchange: Exchange | undefined = undefined;

  constructor(setUp: SetUp, req: IncomingMessage, res: ServerResponse) {
    const { kit, options } = setUp;
    this.#setUp = setUp;
    this.#req = req;
    this.#res = res;
    this.requestId = usableId(req.id || kit.http.inCare("genReqId", () => options.genReqId?.(req, res)));
    const { autoLogging } = options;
    const ignore = typeof autoLogging === "object" ? autoLogging.ignore : undefined;
    this.isQuiet = kit.http.inCare("autoLogging.ignore", () => ignore?.(req)) === true;
  }

  /** The exchange began: what the set-up adds to all its lines, and what it says of its arrival. */
  begin(exchange: Exchange): void {
    const { kit, oldFields, oldNames } = this.#setUp;
    this.#exchange = exchange;
    exchange.addFields(this.#props());
    if (oldNames) {
      const target = kit.http.loggableTarget(exchange);
      kit.http.inCare("serializers", () => exchange.addFields(oldFields.ofRequest(this.#req, target)));
    }
    this.#sayReceived(exchange);
  }

  level(error: unknown): Threshold | undefined {
    const { kit, options } = this.#setUp;
    const level = kit.http.inCare("customLogLevel", () =>
      options.customLogLevel?.(this.#req, this.#res, error as Error | undefined),
    );
    return level !== undefined && isThreshold(level) ? level : undefined;
  }

  fields(error: unknown): Fields {
    const { oldFields, oldNames } = this.#setUp;
    const old = oldFields.ofCompletion(this.#res, error, this.#exchange?.ageMs ?? 0);
    const all: Fields = this.#completion(error, old) ?? old;
    if (oldNames) return { ...this.#props(), ...oldFields.written(all) };
    const added = Object.entries(all).filter(([name, value]) => old[name] !== value);
    return { ...this.#props(), ...Object.fromEntries(added) };
  }

  #completion(error: unknown, old: Fields): Fields | undefined {
    const { kit, options } = this.#setUp;
    const { statusCode } = this.#res;
    if (error === undefined && statusCode < 500)
      return kit.http.inCare(
        "customSuccessObject",
        () => options.customSuccessObject?.(this.#req, this.#res, old) as Fields | undefined,
      );
    // pino-http never calls it without an error.
    const told = (error ?? new Error(`failed with status code ${statusCode}`)) as Error;
    return kit.http.inCare(
      "customErrorObject",
      () => options.customErrorObject?.(this.#req, this.#res, told, old) as Fields | undefined,
    );
  }

  #sayReceived(exchange: Exchange): void {
    const { kit, options } = this.#setUp;
    const { customReceivedMessage, customReceivedObject } = options;
    if (customReceivedMessage === undefined && customReceivedObject === undefined) return;
    const fields: unknown = kit.http.inCare("customReceivedObject", () =>
      customReceivedObject?.(this.#req, this.#res),
    );
    const message = kit.http.inCare("customReceivedMessage", () =>
      customReceivedMessage?.(this.#req, this.#res),
    );
    kit.http.loggerOf(exchange).info(fields ?? {}, message);
  }

  #props(): Fields {
    const { kit, options } = this.#setUp;
    const { customProps } = options;
    // pino-http takes an object as well, and doesn't say so in its types.
    const props: object | undefined =
      typeof customProps === "function"
        ? kit.http.inCare("customProps", () => customProps(this.#req, this.#res))
        : customProps;
    return { ...props };
  }
}

/** The id as text, unless it is Fastify's count of requests, which begins anew in every process. */
function usableId(id: unknown): string | undefined {
  if (typeof id === "number") return String(id);
  return typeof id === "string" && !/^req-[0-9a-z]+$/.test(id) ? id : undefined;
}
