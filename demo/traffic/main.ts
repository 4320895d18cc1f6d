import type { DoneMessage, ProgressMessage } from "../messages.ts";
import { ProgressLine } from "../progress-line.ts";
import { createRandom } from "../random.ts";
import { roundMs } from "../scenarios.ts";
import { seed } from "../service.ts";
import { Generator } from "./generator.ts";
import { switchIncidents } from "./switch-incidents.ts";

// Run by the demo it tells the demo; run by itself it tells whoever reads its standard error.
const shopUrl = process.env["SHOP_URL"] ?? "http://127.0.0.1:3000";
const paymentsUrl = process.env["PAYMENTS_URL"] ?? "http://127.0.0.1:3001";
const forMs = Number(process.env["DEMO_FOR_MS"] ?? 0);
const stop = new AbortController();
const generator = new Generator({
  shopUrl,
  random: createRandom(seed()),
  rate: Number(process.env["DEMO_RATE"] ?? 20),
  roundMs: forMs > 0 ? forMs : roundMs,
  rounds: forMs > 0 ? 1 : Number.POSITIVE_INFINITY,
  switchIncidents: (names) => switchIncidents([shopUrl, paymentsUrl], names),
  signal: stop.signal,
});

process.on("SIGTERM", () => stop.abort());
process.on("SIGINT", () => stop.abort());
// The demo was killed: without it there is nobody to make traffic for.
process.once("disconnect", () => stop.abort());

const line = new ProgressLine(process.stderr);
const timer = setInterval(() => {
  const message: ProgressMessage = { kind: "progress", progress: generator.tally.progress(generator.phase) };
  if (process.connected) process.send?.(message);
  else line.show(message.progress);
}, 500);

try {
  await generator.run();
} catch (error) {
  // A service went away. What was sent until then still counts.
  process.stderr.write(`the traffic stopped: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
clearInterval(timer);
line.end();
const { sent, failed } = generator.tally;
const done: DoneMessage = { kind: "done", sent, failed };
if (process.connected) process.send?.(done, () => process.disconnect());
else process.stderr.write(`${sent} requests sent, ${failed} failed\n`);
