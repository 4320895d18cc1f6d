import { createServer } from "node:http";
import { createTaffrail } from "taffrail";
import { watchServer } from "taffrail/express";
import { createIncidentControl } from "../incident-control.ts";
import { createRandom } from "../random.ts";
import { seed, startService } from "../service.ts";
import { createShop } from "./app.ts";

const paymentsUrl = process.env["PAYMENTS_URL"] ?? "http://127.0.0.1:3001";
const kit = createTaffrail({
  http: { slowRequestMs: 1_000 },
  outgoing: { propagateTo: [new URL(paymentsUrl).host] },
});
const shop = createShop({
  kit,
  control: createIncidentControl("shop", kit),
  random: createRandom(seed()),
  paymentsUrl,
});
const server = createServer(shop);
watchServer(kit, server);
await startService(kit, server);
