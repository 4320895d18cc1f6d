import { createServer } from "node:http";
import { Queue } from "bullmq";
import { createTaffrail } from "taffrail";
import { requestLogger, watchServer } from "taffrail/node";

const kit = createTaffrail({ serviceName: "shop" });
const connection = { url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" };
const receipts = new Queue("receipts", { connection });

const server = createServer(
  requestLogger(kit)(async (req, res, exchange) => {
    exchange.setRoute("/orders");
    const orderId = Number(new URL(req.url, "http://localhost").searchParams.get("id"));
    // The ids of this request travel with the job.
    await receipts.add("send", { orderId, headers: kit.jobHeaders() });
    res.writeHead(202).end();
  }),
);
watchServer(kit, server);
kit.onClose("queue", () => receipts.close());

await kit.listen();
server.listen(Number(process.env.PORT ?? 3000), () => {
  kit.log.info({ port: server.address().port }, "listening");
});
