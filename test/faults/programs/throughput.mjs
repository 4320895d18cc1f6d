// Writes COUNT lines, a thousand a turn, and says on stderr how many a second that made, drained to the last one.
import pino from "pino";
import { createTaffrail } from "taffrail";
import { createLogger } from "../../../dist/src/logger/logger.js";
import { openDestination } from "../../../dist/src/logger/output/open-destination.js";
import { createRedaction } from "../../../dist/src/logger/redaction/redaction.js";

const count = Number(process.env.COUNT);
const { LOGGER = "kit" } = process.env;
const log = LOGGER === "pino" ? pino() : await openKit();
const write = {
  small: (i) => log.info({ order_id: i, user: "u1", path: "/orders/7" }, "order placed"),
  text: () => log.info("order placed"),
  nested: (i) =>
    log.info(
      { order: { id: i, items: [{ sku: "a-1", qty: 2 }] }, customer: { name: "Ada" }, url: "/orders?page=2" },
      "order placed",
    ),
}[process.env.SHAPE ?? "small"];

let n = 0;
const startMs = performance.now();
const startCpu = process.cpuUsage();
(function turn() {
  for (let line = 0; line < 1_000 && n < count; line++) write(n++);
  if (n < count) setImmediate(turn);
})();
// After the loggers' own exit handlers, which write out what waits.
process.on("exit", () => {
  const { user, system } = process.cpuUsage(startCpu);
  const perSecond = count / ((performance.now() - startMs) / 1_000);
  process.stderr.write(JSON.stringify({ perSecond, perCpuSecond: count / ((user + system) / 1e6) }));
});

/** The kit's logger; LOGGER=redacted and unredacted are its bare logger, with and without redaction. */
async function openKit() {
  if (LOGGER === "kit") {
    const kit = createTaffrail({ serviceName: "faults", ops: { listen: false } });
    await kit.listen();
    return kit.log;
  }
  const { destination } = openDestination({ format: "json" }, () => undefined);
  process.on("exit", () => destination.flushSync());
  return createLogger({
    resource: {
      service_name: "faults",
      service_version: "0.1.0",
      deployment_environment_name: "production",
      service_instance_id: "vm:1",
    },
    levels: { root: "info", named: {} },
    destination,
    redaction:
      LOGGER === "redacted"
        ? createRedaction()
        : { isSecret: () => false, isCount: () => false, scrub: (text) => text, isShownHeader: () => true },
    onLine: () => undefined,
    activeSpan: () => undefined,
  }).log;
}
