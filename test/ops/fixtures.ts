import { type ClientRequestArgs, type IncomingHttpHeaders, request } from "node:http";
import type { Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterEach } from "vitest";
import { createHealth, type Health } from "../../src/ops/health.ts";
import type { LogLevelControl } from "../../src/ops/log-level-endpoint.ts";
import { createOpsHandler, type OpsHandlerOptions } from "../../src/ops/ops-handler.ts";
import { createOpsServer, type OpsServer } from "../../src/ops/ops-server.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  json(): unknown;
}

export interface Ask extends ClientRequestArgs {
  readonly port: number;
  readonly body?: string;
}

/** One real request on 127.0.0.1, on a connection of its own. */
export function ask({ body, ...args }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request({ host: "127.0.0.1", agent: false, ...args }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk) => chunks.push(chunk));
      res.on("error", reject);
      res.on("end", () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString("utf8");
        resolve({
          status: res.statusCode ?? 0,
          headers: res.headers,
          bytes,
          text,
          json: () => JSON.parse(text),
        });
      });
    });
    req.on("error", reject);
    req.end(body);
  });
}

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Has something closed after the test. */
export function closeAfter(close: () => Promise<void>): void {
  closing.push(close);
}

export interface OpenedOps {
  readonly port: number;
  readonly health: Health;
  readonly server: OpsServer;
  readonly changes: unknown[];
  readonly errors: unknown[];
}

/** An operations server on a free port, with a logger's levels that remember what was set. */
export async function openOps(changed: Partial<OpsHandlerOptions> = {}): Promise<OpenedOps> {
  const health = createHealth({ cacheMs: 0 });
  const changes: unknown[] = [];
  const errors: unknown[] = [];
  const handler = createOpsHandler({
    metrics: { render: async () => ({ contentType: "text/plain; version=0.0.4", body: "up 1\n" }) },
    health,
    logLevels: createLevels(changes),
    info: () => ({ service_name: "shop" }),
    onError: (error) => errors.push(error),
    ...changed,
  });
  const server = createOpsServer({ host: "127.0.0.1", port: 0, handler });
  const { port } = await server.listen();
  closeAfter(() => server.close());
  return { port, health, server, changes, errors };
}

function createLevels(changes: unknown[]): LogLevelControl {
  let level = "info";
  const modules: Record<string, string> = {};
  return {
    read: () => ({ level, modules }),
    set(next, module) {
      changes.push([next, module]);
      if (module === undefined) level = next;
      else modules[module] = next;
    },
  };
}

/** All that a connection receives until it ends. */
export async function textOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error("the condition did not come true in 10 s");
    await setImmediate();
  }
}
