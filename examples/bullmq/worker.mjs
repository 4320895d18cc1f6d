import { Worker } from "bullmq";
import { createTaffrail } from "taffrail";

const kit = createTaffrail({ serviceName: "mailer" });
const connection = { url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" };

const worker = new Worker(
  "receipts",
  ({ id, data: { headers, orderId } }) =>
    kit.runJob("receipt.send", { headers, job_id: id, order_id: orderId }, () => sendReceipt(orderId)),
  { connection },
);
// No new jobs once the service stops; those under way are waited for.
kit.onDrain("worker", () => worker.close());
worker.on("error", (error) => kit.log.error(error));

await kit.listen();
await worker.waitUntilReady();
kit.log.info("waiting for jobs");

async function sendReceipt(orderId) {
  if (orderId === 0) throw new Error("no such order");
  kit.log.info("receipt sent");
}
