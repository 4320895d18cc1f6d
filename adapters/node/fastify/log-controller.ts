import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { exchangeOf } from "../exchange.ts";

/**
 * Have Fastify's own words about a request say nothing, as the completion line says it all, and its words about
 * errors told to the exchange. The controller that writes them is an option of Fastify's, read from a symbol that it
 * keeps to itself; a version that has none of it goes on talking.
 */
export function replaceLogController(app: FastifyInstance): void {
  const key = controllerKey(app);
  if (key === undefined) return;
  const holder = app as unknown as Record<symbol, object>;
  const quiet: QuietController = {
    isLogDisabled: () => true,
    requestCompleted: noteLateError,
    defaultErrorLog: noteUnhandled,
    streamError: noteError,
    writeHeadError: noteError,
    serializerError: noteError,
    serviceUnavailable: () => undefined,
  };
  // Whatever else it learns to say asks isLogDisabled first.
  holder[key] = Object.assign(Object.create(holder[key] ?? null) as object, quiet);
}

type NoteError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

interface QuietController {
  isLogDisabled(request: FastifyRequest): boolean;
  requestCompleted(error: unknown, request: FastifyRequest): void;
  readonly defaultErrorLog: NoteError;
  readonly streamError: NoteError;
  readonly writeHeadError: NoteError;
  readonly serializerError: NoteError;
  serviceUnavailable(): void;
}

const noteError: NoteError = (error, request) => exchangeOf(request.raw)?.fail(error);

/** An error that no handler of the application's took; of a request without a completion line there is nobody else to tell it. */
const noteUnhandled: NoteError = (error, request, reply) => {
  const exchange = exchangeOf(request.raw);
  if (exchange) exchange.failUnhandled(error);
  else if (reply.statusCode >= 500) request.log.error({ err: error }, "a request that is not watched failed");
};

/** What an onResponse hook throws is none of the request's, which was answered; what broke the answer is. */
function noteLateError(error: unknown, request: FastifyRequest): void {
  if (error === undefined || error === null) return;
  if (exchangeOf(request.raw)?.source.responseError() === error) return;
  request.log.error({ err: error }, "an onResponse hook failed");
}

/** The symbol, on the application itself or on the one it is encapsulated in. */
function controllerKey(app: object | null): symbol | undefined {
  for (let at = app; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const key = Object.getOwnPropertySymbols(at).find(
      ({ description }) => description === "fastify.logController",
    );
    if (key !== undefined) return key;
  }
  return undefined;
}
