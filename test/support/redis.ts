import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether a Redis server is installed. */
export const hasRedis: boolean = spawnSync("redis-server", ["--version"]).status === 0;

export interface Redis {
  readonly url: string;
  stop(): Promise<void>;
}

/** Start a Redis server of the test's own, in memory, on 127.0.0.1 and a free port. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", [...options, "--dir", mkdtempSync(join(tmpdir(), "redis-"))]);
  const ended = once(server, "exit");
  for await (const chunk of server.stdout) if (String(chunk).includes("Ready to accept")) break;
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill("SIGKILL");
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
