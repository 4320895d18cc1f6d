// A service that logs to LOG_FILE as it answers requests, as fast as they come; /metrics shows how its log fares.
import { createServer } from "node:http";
import { createTaffrail } from "taffrail";
import { requestLogger } from "taffrail/node";

const kit = createTaffrail({
  serviceName: "faults",
  ops: { listen: false },
  // Only numbered lines, which can be counted.
  http: { skip: ["/*"] },
});
await kit.listen();
let n = 0;
const server = createServer(
  requestLogger(kit)((req, res) => {
    if (req.url === "/metrics") return void kit.metrics.registry.metrics().then((text) => res.end(text));
    const lines = Number(new URL(req.url, "http://x").searchParams.get("lines") ?? 1);
    for (let line = 0; line < lines; line++) kit.log.info({ n: n++, pad: "x".repeat(100) }, "to the file");
    res.end(String(n));
  }),
);
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
