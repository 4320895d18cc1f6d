import { createServer } from "node:http";
import { Gauge } from "prom-client";
import { createTaffrail } from "taffrail";
import { requestLogger, watchServer } from "taffrail/node";
import { startService } from "../service.ts";
import { createAlertSink } from "./handler.ts";
import { Heartbeats } from "./heartbeats.ts";
import { Received } from "./received.ts";

const kit = createTaffrail();
const heartbeats = new Heartbeats({
  kit,
  names: (process.env["SINK_HEARTBEATS"] ?? "").split(",").filter((name) => name !== ""),
  timeoutMs: Number(process.env["SINK_HEARTBEAT_TIMEOUT_MS"] ?? 300_000),
  clock: () => performance.now(),
});
const ages = new Gauge({
  name: "alert_sink_heartbeat_age_seconds",
  help: "Time since a heartbeat came, or since the start.",
  labelNames: ["alert_name"],
  registers: [kit.metrics.registry],
  collect: () => {
    for (const [alert_name, seconds] of heartbeats.agesSeconds()) ages.set({ alert_name }, seconds);
  },
});
setInterval(() => heartbeats.look(), Number(process.env["SINK_LOOK_EVERY_MS"] ?? 5_000)).unref();

const sink = createAlertSink({ kit, heartbeats, received: new Received() });
const server = createServer(requestLogger(kit)(sink));
watchServer(kit, server);
await startService(kit, server);
