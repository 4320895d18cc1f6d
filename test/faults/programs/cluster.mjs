// Four workers share the primary's standard output, as under a process manager.
import cluster from "node:cluster";
import { openLogger } from "./logger.mjs";

if (cluster.isPrimary) {
  for (let worker = 0; worker < 4; worker++) cluster.fork();
} else {
  const log = await openLogger();
  let n = 0;
  const turn = () => {
    for (let line = 0; line < 100; line++)
      log.info({ worker: cluster.worker.id, n: n++, pad: "x".repeat(n % 700) }, "shared");
    if (n < Number(process.env.COUNT)) setImmediate(turn);
    else cluster.worker.disconnect();
  };
  turn();
}
