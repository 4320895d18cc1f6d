import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { type NewOrder, order } from "../../orders.ts";
import type { ServedVariant } from "../../served-variant.ts";

/** The routes that every framework serves, on Hono and Node. */
export function serveHono(
  middleware: readonly MiddlewareHandler[] = [],
  metrics?: ServedVariant["metrics"],
): ServedVariant {
  const app = new Hono();
  for (const each of middleware) app.use(each);
  const orders = new Hono();
  orders.get("/orders/:id", (c) => c.json(order(c.req.param("tenant") ?? "", Number(c.req.param("id")))));
  orders.post("/orders", async (c) => {
    const body = await c.req.json<NewOrder>();
    return c.json(order(c.req.param("tenant") ?? "", body.id), 201);
  });
  app.route("/api/:tenant", orders);
  // It makes other kinds of servers, too, where it is asked to.
  return { server: createAdaptorServer(app) as Server, metrics };
}
