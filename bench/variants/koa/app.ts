import { createServer } from "node:http";
import { bodyParser } from "@koa/bodyparser";
import Router from "@koa/router";
import Koa, { type Middleware } from "koa";
import { type NewOrder, order } from "../../orders.ts";
import type { ServedVariant } from "../../served-variant.ts";

/** The routes that every framework serves, on Koa. */
export function serveKoa(
  middleware: readonly Middleware[] = [],
  metrics?: ServedVariant["metrics"],
): ServedVariant {
  const app = new Koa();
  for (const each of middleware) app.use(each);
  const router = new Router({ prefix: "/api/:tenant" });
  router.get("/orders/:id", (ctx) => {
    ctx.body = order(ctx.params["tenant"] ?? "", Number(ctx.params["id"]));
  });
  router.post("/orders", bodyParser(), (ctx) => {
    // The load generator is the only client, and it sends nothing but orders.
    const body = ctx.request.body as unknown as NewOrder;
    ctx.status = 201;
    ctx.body = order(ctx.params["tenant"] ?? "", body.id);
  });
  app.use(router.routes());
  const handle = app.callback();
  return { server: createServer((req, res) => void handle(req, res)), metrics };
}
