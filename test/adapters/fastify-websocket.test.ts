import { once } from "node:events";
import websocket from "@fastify/websocket";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { taffrail } from "../../adapters/fastify/index.ts";
import type { LogLine } from "../../src/index.ts";
import { createWatched, type Watched } from "../support/watched.ts";

let watched: Watched;
let app: FastifyInstance;

beforeEach(async () => {
  watched = createWatched();
  app = Fastify();
  await app.register(taffrail, { kit: watched.kit });
  await app.register(websocket);
  app.get("/chat", { websocket: true }, (socket, request) => {
    request.log.info({ id_of_request: request.id }, "connected");
    socket.on("message", (message) => {
      watched.kit.log.info("message");
      socket.send(String(message));
    });
  });
  const refuse = (): never => {
    throw new RangeError("no room");
  };
  app.get("/full", { websocket: true, preValidation: async () => refuse() }, () => undefined);
  await app.listen({ port: 0, host: "127.0.0.1" });
});
afterEach(async () => {
  await app.close();
  await watched.kit.close();
});

const connect = (path: string): WebSocket =>
  new WebSocket(app.listeningOrigin.replace("http", "ws") + path, { headers: { "x-request-id": "ws-1" } });
const closed = ({ event_name }: LogLine): boolean => event_name === "http.server.upgrade.close";

it("a WebSocket's route leaves the lines of its connection alone, with one id", async () => {
  const socket = connect("/chat");
  await once(socket, "open");
  socket.send("hello");
  await once(socket, "message");
  socket.close();
  await watched.log.waitFor(closed);
  const lines = watched.log.lines.filter(({ request_id }) => request_id === "ws-1");
  expect(lines.map(({ event_name, msg }) => event_name ?? msg).sort()).toEqual([
    "connected",
    "http.server.upgrade",
    "http.server.upgrade.close",
    "message",
  ]);
  expect(lines.find(({ msg }) => msg === "connected")).toMatchObject({ id_of_request: "ws-1" });
  expect(watched.log.lines.filter(({ event_name }) => event_name === "http.server.request")).toEqual([]);
  expect(watched.kit.http.active.size).toBe(0);
});

it("a WebSocket that is refused leaves one line, and the error that refused it another", async () => {
  for (const [path, status] of [
    ["/none", 404],
    ["/full", 500],
  ] as const) {
    await once(connect(path), "error");
    const line = await watched.log.waitFor(({ url_path }) => url_path === path);
    expect(line).toMatchObject({
      event_name: "http.server.upgrade",
      http_response_status_code: status,
      request_id: "ws-1",
    });
  }
  const errors = watched.log.lines.filter(({ exception_message }) => exception_message !== undefined);
  expect(errors).toMatchObject([{ exception_message: "no room", request_id: "ws-1", level: "error" }]);
  expect(watched.log.lines.filter(({ event_name }) => event_name === "http.server.request")).toEqual([]);
});
