import { Agent, createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { describe, expect, test } from "vitest";
import { TaffrailError } from "../../src/errors.ts";
import { createOpsServer } from "../../src/ops/ops-server.ts";
import { ask, closeAfter, openOps, textOf } from "./fixtures.ts";

const handler = (_: unknown, res: { end(text: string): void }): void => res.end("ok");

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  closeAfter(() => new Promise((resolve) => server.close(() => resolve())));
  // Listening on TCP, so the address is an AddressInfo.
  return (server.address() as AddressInfo).port;
}

async function failureOf(host: string, port: number): Promise<TaffrailError> {
  const error: unknown = await createOpsServer({ host, port, handler })
    .listen()
    .then(
      () => undefined,
      (reason) => reason,
    );
  if (error instanceof TaffrailError) return error;
  throw new Error(`no TaffrailError: ${String(error)}`);
}

describe("listen()", () => {
  test("on a port in use fails with one error that names host, port and how to change it", async () => {
    const port = await takenPort();
    const error = await failureOf("127.0.0.1", port);
    expect(error.code).toBe("ERR_TAFFRAIL_OPS_PORT_IN_USE");
    expect(error.message).toBe(
      `The operations server cannot listen on 127.0.0.1:${port}: another program has the port, or another worker of this cluster. Choose another with the variable TAFFRAIL_OPS_PORT or the option ops.port.`,
    );
    expect(error.cause).toMatchObject({ code: "EADDRINUSE" });
  });

  test.each([
    ["192.0.2.1", 0, "192.0.2.1:0 (EADDRNOTAVAIL)"],
    ["127.0.0.1", 70_000, "127.0.0.1:70000 (ERR_SOCKET_BAD_PORT)"],
    ["2001:db8::1", 0, "[2001:db8::1]:0 (E"],
  ])("on %s, port %s, fails with one error that names the variables", async (host, port, where) => {
    const error = await failureOf(host, port);
    expect(error.code).toBe("ERR_TAFFRAIL_OPS_LISTEN");
    expect(error.message).toContain(where);
    expect(error.message).toContain("TAFFRAIL_OPS_HOST");
    expect(error.cause).toBeInstanceOf(Error);
  });

  test("can be tried again when the port has become free", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => blocker.once("listening", resolve));
    const { port } = blocker.address() as AddressInfo;
    const server = createOpsServer({ host: "127.0.0.1", port, handler });
    await expect(server.listen()).rejects.toThrow(TaffrailError);
    await new Promise((resolve) => blocker.close(resolve));
    expect(await server.listen()).toEqual({ host: "127.0.0.1", port });
    await server.close();
  });

  test("keeps no process alive", async () => {
    const servers = (): number =>
      process.getActiveResourcesInfo().filter((type) => type === "TCPServerWrap").length;
    const before = servers();
    await openOps();
    expect(servers()).toBe(before);
  });

  test("twice is an error, not a second server", async () => {
    const { server } = await openOps();
    await expect(server.listen()).rejects.toMatchObject({ code: "ERR_TAFFRAIL_OPS_LISTEN" });
  });
});

describe("close()", () => {
  test("ends idle keep-alive connections", async () => {
    const { port, server } = await openOps();
    const agent = new Agent({ keepAlive: true });
    await ask({ port, path: "/healthz", agent });
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
    await server.close();
    await expect(ask({ port, path: "/healthz" })).rejects.toMatchObject({ code: "ECONNREFUSED" });
    agent.destroy();
  });

  test("lets an answer under way finish", async () => {
    let answer = (): void => {};
    let arrived = (): void => {};
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = createOpsServer({
      host: "127.0.0.1",
      port: 0,
      handler: (_, res) => {
        answer = () => res.end("done");
        arrived();
      },
    });
    const { port } = await server.listen();
    const pending = ask({ port, path: "/" });
    await asked;
    const closed = server.close();
    answer();
    expect((await pending).text).toBe("done");
    await closed;
  });

  test("does not wait for one that never ends, nor for a client that says nothing", async () => {
    let arrived = (): void => {};
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = createOpsServer({
      host: "127.0.0.1",
      port: 0,
      handler: () => arrived(),
      closeTimeoutMs: 20,
    });
    const { port } = await server.listen();
    const pending = ask({ port, path: "/" }).catch((error: unknown) => error);
    const silent = connect(port, "127.0.0.1");
    silent.on("error", () => {});
    await asked;
    await server.close();
    expect(await pending).toBeInstanceOf(Error);
    silent.destroy();
  });

  test("is safe twice, at once, and without listen()", async () => {
    const { server } = await openOps();
    await Promise.all([server.close(), server.close()]);
    await server.close();
    await createOpsServer({ host: "127.0.0.1", port: 0, handler }).close();
  });
});

test("a request that is none is answered 400, and the server lives on", async () => {
  const { port } = await openOps();
  const socket = connect(port, "127.0.0.1");
  socket.write("\x00\x01 not http\r\n\r\n");
  expect(await textOf(socket)).toMatch(/^HTTP\/1\.1 400 /);
  expect((await ask({ port, path: "/healthz" })).status).toBe(200);
});
