import express, { type ErrorRequestHandler, type Express, Router } from "express";
import type { Taffrail } from "taffrail";
import { errorLogger, requestLogger } from "taffrail/express";
import { Database } from "../database/database.ts";
import type { IncidentControl } from "../incident-control.ts";
import { misbehave } from "../misbehave.ts";
import type { Random } from "../random.ts";
import { EventStreams } from "./event-streams.ts";
import { exportsRouter } from "./exports.ts";
import { Orders } from "./orders.ts";
import { ordersRouter } from "./orders-router.ts";
import { PaymentsClient } from "./payments-client.ts";
import { loginRouter, requireTenant, tenants } from "./users.ts";

export interface ShopOptions {
  readonly kit: Taffrail;
  readonly control: IncidentControl;
  readonly random: Random;
  readonly paymentsUrl: string;
}

/** Create the shop. */
export function createShop({ kit, control, random, paymentsUrl }: ShopOptions): Express {
  const database = new Database({ kit, random, faults: control.faults });
  const orders = new Orders(tenants);
  const payments = new PaymentsClient(kit, paymentsUrl);
  const events = new EventStreams();
  kit.onDrain("event streams", () => events.close());

  const app = express().disable("x-powered-by");
  // Before the request logger: switching the demo's incidents is no traffic of the shop's.
  app.use((req, res, next) => void (control.handle(req, res) || next()));
  app.use(requestLogger(kit));
  app.use(express.json());
  app.use((_req, _res, next) => {
    misbehave(control.faults(), kit, random);
    next();
  });
  app.use(loginRouter(kit), exportsRouter(database, orders));
  app.get("/events", (req, res) => events.open(req, res));
  const tenant = Router({ mergeParams: true }).use(requireTenant(kit));
  tenant.use("/orders", ordersRouter({ kit, database, orders, payments, events }));
  app.use("/api/:tenant", tenant);
  app.use(errorLogger(kit), answerError);
  return app;
}

const answerError: ErrorRequestHandler = (error, _req, res, _next) => {
  // Too late for an answer: cut off, or the client would take the half for the whole.
  if (res.headersSent) return void res.destroy();
  const { status = 500, message } = Object(error) as { status?: number; message?: string };
  // What went wrong inside is for the log, not for the client.
  res.status(status).json({ error: status < 500 ? message : "something went wrong" });
};
