import express, { type Express, type Request, type Response } from "express";
import { type NewOrder, order } from "./orders.ts";

/** Add the routes every variant serves: one read and one write inside a nested router, JSON both ways. */
export function addRoutes(app: Express): void {
  const orders = express.Router({ mergeParams: true });
  orders.get("/orders/:id", readOrder);
  orders.post("/orders", express.json(), createOrder);
  app.use("/api/:tenant", orders);
}

function readOrder(req: Request<{ tenant?: string; id: string }>, res: Response): void {
  res.json(order(req.params.tenant ?? "", Number(req.params.id)));
}

function createOrder(req: Request<{ tenant?: string }>, res: Response): void {
  // The load generator is the only client, and it sends nothing but orders.
  const body = req.body as NewOrder;
  res.status(201).json(order(req.params.tenant ?? "", body.id));
}
