// Writes RATE lines a second until told to stop, and says over IPC how it fares.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { openLogger } from "./logger.mjs";

const rate = Number(process.env.RATE);
const log = await openLogger();
const delay = monitorEventLoopDelay({ resolution: 10 });
const startMs = performance.now();
let produced = 0;
let maxRss = 0;

const producing = setInterval(() => {
  const due = ((performance.now() - startMs) / 1_000) * rate;
  while (produced < due) log.info({ n: produced++, path: "/orders/7" }, "steady as she goes");
}, 2);
const sampling = setInterval(() => {
  maxRss = Math.max(maxRss, process.memoryUsage.rss());
}, 50);

process.on("message", (order) => {
  if (order === "reset") {
    maxRss = 0;
    delay.reset();
    delay.enable();
    process.send({});
  }
  // The peak, not the moment: between two collections the heap swings by megabytes.
  if (order === "report") process.send({ maxRss, produced, p99Ms: delay.percentile(99) / 1e6 });
  if (order === "stop") {
    clearInterval(producing);
    clearInterval(sampling);
    delay.disable();
    process.send({ produced });
    process.disconnect();
  }
});
