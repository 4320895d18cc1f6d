import { currentExchange, type Exchange } from "../../src/http/exchange.ts";
import type { Taffrail } from "../../src/index.ts";
import { isControlFlow } from "./control-flow.ts";
import { observeServers } from "./observe-servers.ts";
import { keepRoute } from "./source.ts";

export interface WithTaffrailOptions {
  /** The route's template, where the file's own says too little: `/hooks/:provider`. @default the path of the file */
  readonly route?: string;
}

/**
 * Wrap a route handler of the App Router, or a handler of the Pages Router's API routes, so that what it throws, and what
 * breaks its answer off, is on the completion line.
 *
 * @example
 * export const GET = withTaffrail(kit, async (request, { params }) => Response.json(await params));
 */
export function withTaffrail<Args extends readonly unknown[], Answer>(
  kit: Taffrail,
  handler: (...args: Args) => Answer,
  { route }: WithTaffrailOptions = {},
): (...args: Args) => Answer {
  // Without instrumentation.ts, only what came before this file was loaded goes unseen.
  observeServers(kit);
  return (...args) => {
    const exchange = currentExchange();
    if (exchange === undefined) return handler(...args);
    keepRoute(exchange, route);
    return tellFailure(exchange, () => handler(...args));
  };
}

function tellFailure<Answer>(exchange: Exchange, work: () => Answer): Answer {
  const failed = (error: unknown): never => {
    if (!isControlFlow(error)) exchange.fail(error);
    throw error;
  };
  try {
    const answer = work();
    // The same kind of answer as the handler's: a promise for a promise.
    return answer instanceof Promise ? (answer.catch(failed) as Answer) : answer;
  } catch (error) {
    return failed(error);
  }
}
