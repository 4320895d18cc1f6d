import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { Duplex } from "node:stream";
import express from "express";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { requestLogger as expressLogger } from "../../adapters/express/index.ts";
import { requestLogger, watchServer } from "../../adapters/node/index.ts";
import { createTaffrail, type LogLine, type Taffrail } from "../../src/index.ts";
import { type CapturedLog, captureLog } from "../../src/testing/index.ts";
import { ask } from "../support/client.ts";
import { until } from "../support/poll.ts";
import { matchesSchema } from "../support/schema.ts";
import { type Served, serve } from "../support/serve.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const ids = { "x-request-id": "ws-1", traceparent: `00-${traceId}-00f067aa0ba902b7-01` };

const hosts: Readonly<Record<string, (kit: Taffrail) => RequestListener>> = {
  "node:http": (kit) => requestLogger(kit)((_req, res) => res.end("ok")),
  Express: (kit) =>
    express()
      .use(expressLogger(kit))
      .get("/", (_req, res) => void res.send("ok")),
};

describe.each(Object.entries(hosts))("a WebSocket on %s", (_name, createHandler) => {
  let log: CapturedLog;
  let kit: Taffrail;
  let server: Server;
  let sockets: WebSocketServer;
  let served: Served;
  beforeEach(async () => {
    log = captureLog();
    kit = createTaffrail({
      preset: "test",
      serviceName: "chat",
      log: { destination: log.destination },
      ops: { listen: false },
      http: { skip: ["/unseen"] },
      redact: { paths: ["/rooms/:secret"] },
    });
    server = createServer(createHandler(kit));
    watchServer(kit, server);
    served = await serve(server);
  });
  afterEach(async () => {
    for (const socket of sockets?.clients ?? []) socket.terminate();
    await served.close();
    await kit.close();
  });

  /** Let `ws` serve, as its users do; messages are logged, and echoed. */
  function serveSockets(): void {
    sockets = new WebSocketServer({
      server,
      verifyClient: ({ req }: { readonly req: IncomingMessage }) => req.headers["x-let-in"] !== "no",
    });
    sockets.on("connection", (socket) => {
      kit.log.info("connected");
      kit.addFields({ user_id: "u1" });
      socket.on("message", (message) => {
        kit.log.info("a message");
        socket.send(String(message));
      });
    });
  }
  const url = (path: string): string => served.url.replace("http:", "ws:") + path;
  const open = (): Promise<LogLine> => log.waitFor(({ event_name }) => event_name === "http.server.upgrade");
  const closed = (): Promise<LogLine> =>
    log.waitFor(({ event_name }) => event_name === "http.server.upgrade.close");
  const metrics = (): Promise<string> => kit.metrics.registry.metrics();

  it("leaves a line when it opens, one when it closes, and what it brings carries its ids", async () => {
    serveSockets();
    const client = new WebSocket(url("/rooms/7?token=hunter2"), { headers: ids });
    await once(client, "open");
    const opened = await open();
    expect(matchesSchema(opened)).toEqual([]);
    const shared = {
      level: "info",
      request_id: "ws-1",
      trace_id: traceId,
      http_request_method: "GET",
      url_path: "/rooms/***",
      url_query: "token=***",
      network_protocol_name: "websocket",
      client_address: "127.0.0.1",
      outcome: "ok",
    };
    expect(opened).toMatchObject({
      ...shared,
      http_response_status_code: 101,
      msg: "websocket /rooms/*** opened",
    });
    client.send("hello");
    await once(client, "message");
    client.close();
    const end = await closed();
    expect(matchesSchema(end)).toEqual([]);
    expect(end).toMatchObject({ ...shared, user_id: "u1", msg: "websocket /rooms/*** closed" });
    expect(Number(end.duration_ms)).toBeGreaterThan(Number(opened.duration_ms));
    for (const msg of ["connected", "a message"])
      expect(log.lines.find((line) => line.msg === msg)).toMatchObject({
        request_id: "ws-1",
        trace_id: traceId,
      });
    expect(log.lines.filter(({ event_name }) => String(event_name).startsWith("http.server"))).toHaveLength(
      2,
    );
  });

  it("is counted while it is open, and no latency", async () => {
    serveSockets();
    const client = new WebSocket(url("/rooms/7"));
    await once(client, "open");
    const active = 'http_server_active_upgraded_connections{network_protocol_name="websocket"}';
    expect(await metrics()).toContain(`${active} 1\n`);
    client.close();
    await closed();
    const text = await metrics();
    expect(text).toContain(`${active} 0\n`);
    expect(text).toContain(
      'http_server_upgrades_total{network_protocol_name="websocket",http_response_status_code="101"} 1\n',
    );
    expect(text).toContain(
      'http_server_upgraded_connection_duration_seconds_count{network_protocol_name="websocket"} 1\n',
    );
    expect(text).not.toContain("http_server_request_duration_seconds_count{");
  });

  it("that is open when the service stops leaves its closing line as well", async () => {
    serveSockets();
    kit.onDrain("sockets", () => {
      for (const socket of sockets.clients) socket.close(1001);
    });
    const client = new WebSocket(url("/rooms/7"), { headers: ids });
    await once(client, "open");
    await open();
    await kit.close();
    const names = log.lines.map(({ event_name }) => event_name);
    expect(names.filter((name) => name === "http.server.upgrade.close")).toHaveLength(1);
    expect(names.at(-1)).toBe("process.stop");
    expect(await closed()).toMatchObject({ request_id: "ws-1", user_id: "u1", outcome: "ok" });
  });

  it("a client that is cut off leaves an aborted end", async () => {
    serveSockets();
    const client = new WebSocket(url("/rooms/7"));
    await once(client, "open");
    // A reset, as of a client that lost its network. Node's sockets know how; ws does not show them in its types.
    (client as unknown as { readonly _socket: { resetAndDestroy(): void } })._socket.resetAndDestroy();
    expect(await closed()).toMatchObject({ level: "info", outcome: "aborted", error_type: "client_aborted" });
  });

  it("that is refused leaves one line with the status", async () => {
    serveSockets();
    const client = new WebSocket(url("/rooms/7"), { headers: { ...ids, "x-let-in": "no" } });
    const [error] = (await once(client, "error")) as [Error];
    expect(error.message).toContain("401");
    expect(await open()).toMatchObject({
      level: "warn",
      request_id: "ws-1",
      http_response_status_code: 401,
      outcome: "client_error",
      msg: "websocket /rooms/*** 401",
    });
    await until(
      () =>
        new Promise<number>((resolve, reject) =>
          server.getConnections((no, count) => (no ? reject(no) : resolve(count))),
        ),
      (count) => count === 0,
    );
    expect(log.lines.filter(({ event_name }) => String(event_name).includes("upgrade"))).toHaveLength(1);
    expect(await metrics()).toContain('http_response_status_code="401"} 1\n');
  });

  it("that the application drops with no answer is aborted", async () => {
    server.on("upgrade", (_req: IncomingMessage, socket: Duplex) => socket.destroy());
    const client = new WebSocket(url("/rooms/7"));
    await once(client, "error");
    const line = await open();
    expect(line).toMatchObject({ level: "warn", outcome: "aborted", error_type: "client_aborted" });
    expect(line).not.toHaveProperty("http_response_status_code");
  });

  it("on a skipped path leaves nothing", async () => {
    serveSockets();
    const client = new WebSocket(url("/unseen"));
    await once(client, "open");
    client.close();
    await once(client, "close");
    const events = log.lines.filter(({ event_name }) => String(event_name).startsWith("http"));
    expect(events).toEqual([]);
    expect(await metrics()).not.toContain("http_server_upgrades_total{");
  });

  it("without anybody to upgrade it, a request stays a request, also once the last listener left", async () => {
    const upgrade = { connection: "Upgrade", upgrade: "websocket" };
    expect((await ask(served.url, { headers: upgrade })).status).toBe(200);
    const listener = (): void => undefined;
    server.on("upgrade", listener);
    server.off("upgrade", listener);
    expect((await ask(served.url, { headers: upgrade })).status).toBe(200);
  });

  it("its scope does not stay behind for what follows", async () => {
    serveSockets();
    const seen: (string | undefined)[] = [];
    server.on("upgrade", () => seen.push(kit.requestId()));
    // Parsers are used again: after a watched upgrade, one that is not, and a request.
    for (const path of ["/rooms/7", "/unseen", "/rooms/7", "/unseen"]) {
      const client = new WebSocket(url(path), { headers: ids });
      await once(client, "open");
      client.close();
      await once(client, "close");
    }
    expect(seen).toEqual(["ws-1", undefined, "ws-1", undefined]);
    await ask(served.url, { headers: { "x-request-id": "next" } });
    expect(await log.waitFor(({ event_name }) => event_name === "http.server.request")).toMatchObject({
      request_id: "next",
    });
  });
});
