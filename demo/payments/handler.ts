import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { Taffrail } from "taffrail";
import type { NodeHandler } from "taffrail/node";
import type { Database } from "../database/database.ts";
import type { Random } from "../random.ts";
import type { Faults } from "../scenarios.ts";
import { CardDeclinedError, chargeCard } from "./provider.ts";

export interface PaymentsOptions {
  readonly kit: Taffrail;
  readonly database: Database;
  readonly random: Random;
  readonly faults: () => Faults;
}

/** The payments service on Node's own server: `POST /charges`, and 404 for all else. */
export function createPayments(options: PaymentsOptions): NodeHandler {
  return async (req, res, exchange) => {
    if (req.url !== "/charges" || req.method !== "POST") return answer(res, 404, { error: "no such route" });
    exchange.setRoute("/charges");
    try {
      answer(res, 201, await charge(req, options));
    } catch (error) {
      exchange.fail(error);
      // What went wrong inside is for the log, not for the caller.
      if (error instanceof CardDeclinedError) answer(res, 402, { error: error.message });
      else answer(res, 503, { error: "try again later" });
    }
  };
}

async function charge(
  req: IncomingMessage,
  { kit, database, random, faults }: PaymentsOptions,
): Promise<object> {
  const { order_id, cents, card } = (await json(req)) as { order_id: number; cents: number; card: string };
  kit.addFields({ order_id });
  await chargeCard(card, random, faults());
  await database.query("insert_charge", () => undefined);
  kit.log.info({ cents }, "charged");
  return { order_id, cents };
}

function answer(res: ServerResponse, status: number, body: object): void {
  const text = `${JSON.stringify(body)}\n`;
  res
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
    .end(text);
}
