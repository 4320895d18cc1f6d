import type { IncomingMessage, ServerResponse } from "node:http";
import { stdSerializers } from "pino";
import type { Options } from "pino-http";

type Serialize = (value: unknown) => Record<string, unknown>;
type Name = "req" | "res" | "err" | "reqId" | "responseTime";

/** The fields that pino-http itself has for a request, under the names that a set-up gives them. */
export class OldFields {
  readonly #names: Readonly<Record<Name, string>>;
  readonly #serializers: Readonly<Record<string, Serialize | undefined>>;
  readonly #wrap: boolean;
  readonly #isRequestQuiet: boolean;

  constructor({
    customAttributeKeys,
    serializers = {},
    wrapSerializers = true,
    quietReqLogger = false,
  }: Options) {
    const name = (usual: Name): string => customAttributeKeys?.[usual] ?? usual;
    this.#names = {
      req: name("req"),
      res: name("res"),
      err: name("err"),
      reqId: name("reqId"),
      responseTime: name("responseTime"),
    };
    this.#serializers = serializers;
    this.#wrap = wrapSerializers;
    this.#isRequestQuiet = quietReqLogger;
  }

  /** What it binds to every line. */
  ofRequest(req: IncomingMessage, target: string): Record<string, unknown> {
    const { req: name, reqId } = this.#names;
    if (this.#isRequestQuiet) return { [reqId]: req.id };
    const own = this.#serializer("req");
    const serialize = this.#wrap && own ? stdSerializers.wrapRequestSerializer(own) : own;
    return { [name]: serialize ? serialize(req) : usualRequest(req, target) };
  }

  /** What it hands to `customSuccessObject` and `customErrorObject`. */
  ofCompletion(res: ServerResponse, error: unknown, durationMs: number): Record<string, unknown> {
    const { res: name, err, responseTime } = this.#names;
    return {
      [name]: res,
      ...(error !== undefined && { [err]: error }),
      [responseTime]: Math.round(durationMs),
    };
  }

  /** The same, as it is written. */
  written(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const { res, err } = this.#names;
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => {
        if (name === res) return [name, this.#response(value as ServerResponse)];
        return [name, name === err ? this.#error(value) : value];
      }),
    );
  }

  #response(res: ServerResponse): unknown {
    const own = this.#serializer("res");
    const serialize = this.#wrap && own ? stdSerializers.wrapResponseSerializer(own) : own;
    return serialize ? serialize(res) : stdSerializers.res(res);
  }

  #error(error: unknown): unknown {
    const own = this.#serializer("err");
    if (own) return (this.#wrap ? stdSerializers.wrapErrorSerializer(own) : own)(error as Error);
    // Its stack stands on the line already.
    return error instanceof Error ? { type: error.constructor.name, message: error.message } : error;
  }

  #serializer(kind: "req" | "res" | "err"): Serialize | undefined {
    return this.#serializers[this.#names[kind]] ?? this.#serializers[kind];
  }
}

/** Without what its URL holds, which may be secret. */
function usualRequest(req: IncomingMessage, target: string): object {
  const { id, method, headers, remoteAddress, remotePort } = stdSerializers.req(req);
  return { id, method, url: target, headers, remoteAddress, remotePort };
}
