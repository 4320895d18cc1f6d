import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { folder } from "../../support/cli.ts";

/** A service that logs, ends with 7 at SIGINT, and stays until then. */
export function writeService(): string {
  const path = join(folder(), "service.mjs");
  writeFileSync(
    path,
    `const log = (o) => console.log(JSON.stringify({ time: new Date().toISOString(), level: "info", service_name: "shop", ...o }));
log({ msg: "up", request_id: "r1" });
console.log("plain text");
console.error("TypeError: boom");
process.on("SIGINT", () => { log({ msg: "bye" }); process.exit(7); });
setInterval(() => {}, 1000);
`,
  );
  return path;
}

/** A service of the kit on free ports, which asks itself for pages now and then; one of them fails. */
export function writeKitService(): string {
  const path = join(folder(), "kit-service.mjs");
  const module = (name: string): string => JSON.stringify(pathToFileURL(resolve(`dist/${name}`)).href);
  writeFileSync(
    path,
    `import { createServer } from "node:http";
import { createTaffrail } from ${module("src/index.js")};
import { requestLogger } from ${module("adapters/node/index.js")};
const kit = createTaffrail({ serviceName: "shop", ops: { port: 0 } });
const answer = (req, res, exchange) => {
  exchange.setRoute(req.url);
  res.statusCode = req.url === "/fail" ? 500 : 200;
  res.end("ok");
};
const server = createServer(requestLogger(kit)(answer)).listen(0, "127.0.0.1", async () => {
  await kit.listen();
  const ask = (path) => fetch("http://127.0.0.1:" + server.address().port + path).then((r) => r.text());
  setInterval(() => ask("/x"), 50);
  setInterval(() => ask("/fail"), 400);
});
`,
  );
  return path;
}
