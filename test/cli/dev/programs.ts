import { writeFileSync } from "node:fs";
import { join } from "node:path";
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
