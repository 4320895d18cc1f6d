import { createServer } from "node:http";
import { createTaffrail } from "taffrail";
import { requestLogger, watchServer } from "taffrail/node";
import { Database } from "../database/database.ts";
import { createIncidentControl } from "../incident-control.ts";
import { createRandom } from "../random.ts";
import { seed, startService } from "../service.ts";
import { createPayments } from "./handler.ts";

const kit = createTaffrail();
const control = createIncidentControl("payments", kit);
const random = createRandom(seed());
const database = new Database({ kit, random, faults: control.faults });
const payments = requestLogger(kit)(createPayments({ kit, database, random, faults: control.faults }));
const server = createServer((req, res) => void (control.handle(req, res) || payments(req, res)));
watchServer(kit, server);
await startService(kit, server);
