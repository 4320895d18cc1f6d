import { Router } from "express";
import type { Taffrail } from "taffrail";
import type { Database } from "../database/database.ts";
import type { EventStreams } from "./event-streams.ts";
import { HttpError } from "./http-error.ts";
import type { Orders } from "./orders.ts";
import type { PaymentsClient } from "./payments-client.ts";

export interface OrdersRouterOptions {
  readonly kit: Taffrail;
  readonly database: Database;
  readonly orders: Orders;
  readonly payments: PaymentsClient;
  readonly events: EventStreams;
}

/** `/api/:tenant/orders`: list, look up, place. */
export function ordersRouter({ kit, database, orders, payments, events }: OrdersRouterOptions): Router {
  const router = Router({ mergeParams: true });

  router.get("/", async (req, res) => {
    const page = Number(req.query["page"] ?? 1);
    if (!Number.isInteger(page) || page < 1) throw new HttpError(400, "page is a number from 1");
    res.json(await database.query("list_orders", () => orders.page(tenantOf(req), page)));
  });

  router.get("/:id", async (req, res) => {
    const order = await database.query("find_order", () => orders.find(tenantOf(req), Number(req.params.id)));
    if (order === undefined) throw new HttpError(404, "no such order");
    res.json(order);
  });

  router.post("/", async (req, res) => {
    const { item, card } = Object(req.body) as { item?: unknown; card?: unknown };
    if (typeof item !== "string" || typeof card !== "string")
      throw new HttpError(422, "item and card are needed");
    const order = await database.query("insert_order", () =>
      orders.add(tenantOf(req), { item, status: "placed" }),
    );
    kit.addFields({ order_id: order.id });
    await payments.charge(order, card);
    kit.log.info({ cents: order.cents }, "order placed");
    events.send({ order_id: order.id });
    res.status(201).json({ ...order, status: "paid" });
  });

  return router;
}

// A parameter of the path the router is mounted on, which its own types can't know.
function tenantOf(req: { readonly params: object }): string {
  return String((req.params as { tenant?: string }).tenant);
}
