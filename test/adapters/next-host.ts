import { execFile } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { cpSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
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
  /** What bundles it in development. @default "webpack" */
  readonly bundler?: "turbopack" | "webpack";
  /** The name of its copy, of which one test file's must not be another's. @default the mode */
  readonly copy?: string;
}

interface StartServer {
  startServer(options: object): Promise<unknown>;
}

export interface NextHarness extends AdapterHarness, Pick<NextHost, "mode"> {
  /** Where the application runs. */
  readonly dir: string;
}

/**
 * The application of the contract suite in Next: copied to where one major of Next is installed, with the built package
 * as an installed one, and bundled by it. It runs in this process, by the function that `next dev` and `next start` call.
 */
export function nextHarness(name: string, host: NextHost): NextHarness {
  const { folder, mode, copy = mode } = host;
  const dir = resolve(folder, `build/next-app-${copy}`);
  let server: Server | undefined;
  return {
    name: `${name} in ${mode}`,
    mode,
    dir,
    ...(mode === "development" && { cannot: cannotInDevelopment }),
    async start(kit): Promise<RunningApp> {
      shareKit(kit);
      if (server === undefined) {
        await install(dir, host);
        server = await startNext(dir, mode);
      } else {
        // Next has an application register once a process, and one `next dev` run in a folder: another kit for the same.
        await register(kit);
        server.removeAllListeners("listening").listen(0, "127.0.0.1");
        await once(server, "listening");
      }
      return running(server);
    },
  };
}

const cannotInDevelopment = {
  "lines carry them in the close of an abort":
    "next dev looks up whether the route must be compiled first, and drops a request whose client left meanwhile",
};

async function install(dir: string, { mode, bundler }: NextHost): Promise<void> {
  rmSync(dir, { recursive: true, force: true });
  cpSync("test/adapters/next-app", dir, { recursive: true });
  for (const part of ["dist", "package.json"]) {
    cpSync(part, `${dir}/node_modules/taffrail/${part}`, { recursive: true });
  }
  Object.assign(process.env, { NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1", NEXT_MANUAL_SIG_HANDLE: "1" });
  if (mode === "production") await build(dir);
  // As `next dev` tells what it starts.
  else
    Object.assign(process.env, {
      __NEXT_DEV_SERVER: "1",
      ...(bundler === "turbopack" && { TURBOPACK: "1" }),
    });
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

async function startNext(dir: string, mode: NextHost["mode"]): Promise<Server> {
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
  // The dev server compiles a route when it is first asked for, and forgets a request whose client doesn't stay for that.
  await ask(`${url}/log-on-abort`, { method: "OPTIONS" });
  return serverBehind(url);
}

function running(server: Server): RunningApp {
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
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
