import { execFile } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { cpSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { register, sharedKit } from "../../adapters/next/index.ts";
import type { Taffrail } from "../../src/index.ts";
import { ask } from "../support/client.ts";
import type { AdapterHarness, RunningApp } from "./harness.ts";

export interface NextHost {
  /** Where this major of Next is installed, from the root of the repository. */
  readonly folder: string;
  readonly mode: "development" | "production";
}

interface StartServer {
  startServer(options: object): Promise<unknown>;
}

/**
 * The application of the contract suite in Next: copied to where one major of Next is installed, with the built package
 * as an installed one, and bundled by it. It runs in this process, by the function that `next dev` and `next start` call.
 */
export function nextHarness(name: string, { folder, mode }: NextHost): AdapterHarness {
  const dir = resolve(folder, `build/next-app-${mode}`);
  let isInstalled = false;
  return {
    name: `${name} in ${mode}`,
    async start(kit): Promise<RunningApp> {
      shareKit(kit);
      // Next has an application register once a process, and here comes another kit.
      if (isInstalled) await register(kit);
      else await install(dir, mode);
      isInstalled = true;
      return startNext(dir, mode);
    },
  };
}

async function install(dir: string, mode: NextHost["mode"]): Promise<void> {
  rmSync(dir, { recursive: true, force: true });
  cpSync("test/adapters/next-app", dir, { recursive: true });
  for (const part of ["dist", "package.json"]) {
    cpSync(part, `${dir}/node_modules/taffrail/${part}`, { recursive: true });
  }
  Object.assign(process.env, { NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1", NEXT_MANUAL_SIG_HANDLE: "1" });
  if (mode === "production") await build(dir);
  // As `next dev` tells what it starts.
  else process.env["__NEXT_DEV_SERVER"] = "1";
}

async function build(dir: string): Promise<void> {
  const next = createRequire(`${dir}/`).resolve("next/dist/bin/next");
  await promisify(execFile)(process.execPath, [next, "build"], { cwd: dir });
}

/** The place that {@link sharedKit} keeps the kit in. */
const kitKey = Symbol.for("taffrail.next.kit");

function shareKit(kit: Taffrail): void {
  delete (globalThis as { [kitKey]?: Taffrail })[kitKey];
  sharedKit(() => kit);
}

async function startNext(dir: string, mode: NextHost["mode"]): Promise<RunningApp> {
  const require = createRequire(`${dir}/`);
  const { startServer } = require("next/dist/server/lib/start-server") as StartServer;
  await startServer({
    dir,
    port: 0,
    hostname: "127.0.0.1",
    isDev: mode === "development",
    allowRetry: false,
  });
  const url = `http://127.0.0.1:${process.env["PORT"]}`;
  const server = await serverBehind(url);
  return {
    url,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Next keeps its server to itself; Node tells of it at a request. */
async function serverBehind(url: string): Promise<Server> {
  let found: Server | undefined;
  const see = (message: unknown): void => {
    found = (message as { readonly server: Server }).server;
  };
  subscribe("http.server.request.start", see);
  await ask(`${url}/healthz`);
  unsubscribe("http.server.request.start", see);
  if (found === undefined) throw new Error("Node told of no server");
  return found;
}
