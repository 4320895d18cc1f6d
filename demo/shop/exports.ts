import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Router } from "express";
import type { Database } from "../database/database.ts";
import type { Orders } from "./orders.ts";

const pageCount = 10;

/** `/export` streams all orders page by page; `/report` is one query that takes a second or more. */
export function exportsRouter(database: Database, orders: Orders): Router {
  const router = Router();

  router.get("/export", async (req, res) => {
    const tenant = String(req.query["tenant"] ?? "acme");
    const pages = allOrders(database, orders, tenant);
    // Before the answer begins: while there is none, a database that is down can still be a 500.
    const first = await pages.next();
    res.type("application/x-ndjson").write(first.value);
    try {
      await pipeline(Readable.from(pages), res);
    } catch (error) {
      // A client that leaves ends the pipeline too early: there is nobody left to tell.
      if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
    }
  });

  router.get("/report", async (req, res) => {
    const tenant = String(req.query["tenant"] ?? "acme");
    const latest = await database.query("report", () => orders.latestId(tenant), 300);
    res.json({ tenant, latest });
  });

  return router;
}

async function* allOrders(database: Database, orders: Orders, tenant: string): AsyncGenerator<string> {
  for (let page = 1; page <= pageCount; page++) {
    const rows = await database.query("export_page", () => orders.page(tenant, page), 3);
    yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  }
}
