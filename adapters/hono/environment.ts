import type { Context } from "hono";
import type { NodeBindings } from "./source.ts";

/** What the servers of Node, Bun and Deno hand to the application beside the request. */
interface Environment extends Partial<NodeBindings> {
  /** Where an application calls `app.fetch(request, { server })`, as Hono's documentation has it. */
  readonly server?: Environment;
  /** Bun's server. */
  requestIP?(request: Request): { readonly address: string } | null;
  /** Deno's. */
  readonly remoteAddr?: { readonly hostname?: string };
}

function environmentOf(c: Context): Environment {
  const env = (c.env ?? {}) as Environment;
  return env.server ?? env;
}

/** Node's request and response, on Node. */
export function nodeBindings(c: Context): NodeBindings | undefined {
  const { incoming, outgoing } = environmentOf(c);
  return incoming && { incoming, outgoing };
}

/** The client's address, on Bun and Deno. */
export function remoteAddress(c: Context): string | undefined {
  const env = environmentOf(c);
  return env.requestIP?.(c.req.raw)?.address ?? env.remoteAddr?.hostname;
}
