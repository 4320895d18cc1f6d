import type { Exchange } from "../../src/http/exchange.ts";
import { exchangeKey, exchangeOf, type Watched } from "../../src/http/exchange-of.ts";
import type { Taffrail } from "../../src/index.ts";
import { type BodyEnd, passOn } from "./body.ts";
import { type WebRequestContext, WebSource } from "./source.ts";

/** Answers a request; undefined where it went past the application's responses. */
export type Answer = (exchange: Exchange | undefined) => Promise<Response>;

/**
 * Have a request of the web platform answered in an exchange of its own, and see the response to its end: its body
 * to the last byte, or to where its reader left.
 *
 * @returns the response to send, with the request id; the application's own where the request is not to be watched
 * @throws what the application throws
 */
export async function answerWatched(
  kit: Taffrail,
  request: Request,
  context: WebRequestContext,
  answer: Answer,
): Promise<Response> {
  const source = new WebSource(request, context);
  const exchange = exchangeOf(request) === undefined ? kit.http.begin(source) : undefined;
  if (exchange === undefined) return answer(undefined);
  (request as Watched)[exchangeKey] = exchange;
  const left = (): void => {
    source.leave();
    exchange.finish();
  };
  // Only for as long as there is no response: Deno says "abort" of every request that was answered, too.
  request.signal.addEventListener("abort", left);
  try {
    const response = await exchange.run(() => answer(exchange));
    return await send(response, { request, source, exchange, header: kit.http.requestIdHeader });
  } catch (error) {
    exchange.failUnhandled(error);
    exchange.finish();
    throw error;
  } finally {
    request.signal.removeEventListener("abort", left);
  }
}

interface Sending {
  readonly request: Request;
  readonly source: WebSource;
  readonly exchange: Exchange;
  readonly header: string;
}

async function send(response: Response, sending: Sending): Promise<Response> {
  const { request, source, exchange, header } = sending;
  source.answer(response);
  // Switching protocols: the runtime knows this very object.
  if (response.status === 101) return sent(response, sending);
  const { status, statusText, body } = response;
  const headers = new Headers(response.headers);
  headers.set(header, exchange.requestId);
  const init = { status, statusText, headers };
  if (body === null || request.method === "HEAD") return sent(new Response(body, init), sending);
  const passed = await passOn(body, endOf(sending), (work) => exchange.run(work));
  if (!(passed instanceof Uint8Array)) return new Response(passed, init);
  headers.set("content-length", String(passed.byteLength));
  return sent(new Response(passed, init), sending);
}

/** What the application has no more say in counts as sent. */
function sent(response: Response, { source, exchange }: Sending): Response {
  source.answer(response);
  source.complete();
  exchange.finish();
  return response;
}

function endOf({ source, exchange }: Sending): BodyEnd {
  return {
    complete() {
      source.complete();
      exchange.finish();
    },
    leave() {
      source.leave();
      exchange.finish();
    },
    break(error) {
      source.break(error);
      exchange.finish();
    },
  };
}
