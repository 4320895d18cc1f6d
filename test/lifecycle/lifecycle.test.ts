import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Child } from "../support/child.ts";
import { ask, open } from "../support/client.ts";
import { until } from "../support/poll.ts";

const children: Child[] = [];
const start = (program: string, env?: Record<string, string>): Child => {
  const child = new Child(program, env);
  children.push(child);
  return child;
};
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

interface Running {
  readonly child: Child;
  readonly url: string;
  readonly ops: string;
}

async function running(program: string, env?: Record<string, string>): Promise<Running> {
  const child = start(program, env);
  const listening = await child.line(({ msg }) => msg === "listening");
  const ops = await child.line(({ event_name }) => event_name === "ops.listen");
  return {
    child,
    url: `http://127.0.0.1:${String(listening["port"])}`,
    ops: `http://127.0.0.1:${String(ops.server_port)}`,
  };
}

describe("start", () => {
  it("is logged, with the process and the runtime", async () => {
    const { child } = await running("service.mjs");
    const line = await child.line(({ event_name }) => event_name === "process.start");
    expect(line).toMatchObject({
      level: "info",
      process_pid: child.process.pid,
      process_runtime_version: process.version,
    });
  });

  it("opens the operations endpoints on their own port, and only there", async () => {
    const { url, ops } = await running("service.mjs");
    for (const path of ["/metrics", "/healthz", "/readyz", "/info"]) {
      expect((await ask(ops + path)).status, path).toBe(200);
      expect((await ask(url + path)).status, path).toBe(404);
    }
  });

  it("a wrong variable is one error that names it, exit code 1, and nothing started", async () => {
    const child = start("service.mjs", { TAFFRAIL_OPS_PORT: "94x4" });
    expect(await child.ended).toEqual({ code: 1, signal: null });
    expect(child.stderr).toContain('TAFFRAIL_OPS_PORT is "94x4"; allowed: a whole number from 0 to 65535');
    expect(child.stdout).toBe("");
  });

  it.each(["service.mjs", "default-kit.mjs"])(
    "a port in use is one error that names the port and the variable: %s",
    async (program) => {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
      const { port } = other.address() as AddressInfo;
      const child = start(program, { TAFFRAIL_OPS_PORT: String(port) });
      expect(await child.ended).toEqual({ code: 1, signal: null });
      expect(child.stderr).toContain(`127.0.0.1:${port}`);
      expect(child.stderr).toContain("TAFFRAIL_OPS_PORT");
      other.close();
    },
  );

  it("middleware without a kit brings logs, metrics and health by itself", async () => {
    const { child, url, ops } = await running("default-kit.mjs", { OTEL_SERVICE_NAME: "bare" });
    await ask(`${url}/ok`);
    expect(await child.line(({ http_route }) => http_route === "/ok")).toMatchObject({
      service_name: "bare",
    });
    expect((await ask(`${ops}/metrics`)).text).toContain('http_route="/ok"');
  });
});

describe("heartbeat", () => {
  it("says every so often that the service runs, without keeping it running", async () => {
    const child = start("service.mjs", { TAFFRAIL_HEARTBEAT_MS: "50" });
    const alive = await until(
      () => child.lines.filter(({ event_name }) => event_name === "process.alive"),
      (lines) => lines.length >= 3,
    );
    expect(alive[2]).toMatchObject({ level: "info", msg: "service runs", process_pid: child.process.pid });
    child.kill("SIGTERM");
    expect(await child.ended).toEqual({ code: 0, signal: null });
    expect(child.lines.at(-1)).toMatchObject({ event_name: "process.stop" });
  });

  it("is left out where it is told 0", async () => {
    const child = start("service.mjs", { TAFFRAIL_HEARTBEAT_MS: "0" });
    await child.line(({ event_name }) => event_name === "process.start");
    child.kill("SIGTERM");
    await child.ended;
    expect(child.stdout).not.toContain("process.alive");
  });
});

describe("stop", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "%s lets a running request finish, closes, says so, and exits with 0",
    async (signal) => {
      const { child, url } = await running("service.mjs");
      const answer = ask(`${url}/slow`);
      await until(
        () => ask(`${url}/ok`),
        ({ status }) => status === 200,
      );
      child.kill(signal);
      expect((await answer).text).toBe("slow");
      expect(await child.ended).toEqual({ code: 0, signal: null });
      const messages = child.lines.map(({ msg }) => msg);
      // What requests need is closed after the last of them.
      expect(messages.indexOf("cache closed")).toBeGreaterThan(messages.indexOf("GET /slow 200"));
      expect(messages).toContain("GET /slow 200");
      expect(child.lines.at(-1)).toMatchObject({
        event_name: "process.stop",
        process_signal: signal,
        process_exit_code: 0,
      });
    },
  );

  it("is not ready while it drains, and takes no new connections", async () => {
    const { child, url, ops } = await running("service.mjs", { TAFFRAIL_READINESS_DELAY_MS: "400" });
    const answer = ask(`${url}/slow`);
    await until(
      () => ask(`${url}/ok`),
      ({ status }) => status === 200,
    );
    child.kill("SIGTERM");
    const ready = await until(
      () => ask(`${ops}/readyz`),
      ({ status }) => status === 503,
    );
    expect(ready.text).toContain("stopping");
    expect((await ask(`${ops}/healthz`)).status).toBe(200);
    await answer;
    await child.ended;
    await expect(ask(`${url}/ok`)).rejects.toThrow(/ECONNREFUSED/);
  });

  it("goes on without what does not end in time, names it, and exits with 1", async () => {
    const { child, url } = await running("service.mjs", { DRAIN_MS: "150", BAD_HOOK: "1" });
    const left = open(`${url}/hang`).catch(() => undefined);
    await until(
      () => ask(`${url}/ok`),
      ({ status }) => status === 200,
    );
    child.kill("SIGTERM");
    expect(await child.ended).toEqual({ code: 1, signal: null });
    const problems = child.lines.filter(({ event_name }) => event_name === "kit.problem");
    expect(problems.map(({ msg, exception_message }) => [msg, exception_message])).toEqual(
      expect.arrayContaining([
        ["a pool did not stop well", "pool is stuck"],
        ["running requests did not stop well", "not done within 150 ms"],
      ]),
    );
    await left;
  });

  it("a second signal means now", async () => {
    const { child, url } = await running("service.mjs", { DRAIN_MS: "20000" });
    const left = open(`${url}/hang`).catch(() => undefined);
    await until(
      () => ask(`${url}/ok`),
      ({ status }) => status === 200,
    );
    child.kill("SIGTERM");
    await until(
      () => ask(`${url}/ok`).catch(() => undefined),
      (answer) => answer === undefined,
    );
    child.kill("SIGTERM");
    expect(await child.ended).toEqual({ code: 143, signal: null });
    await left;
  });

  it("signals are left alone where the host owns them", async () => {
    const { child } = await running("service.mjs", { TAFFRAIL_SIGNALS: "false" });
    child.kill("SIGTERM");
    expect(await child.ended).toEqual({ code: null, signal: "SIGTERM" });
  });
});

describe("a crash", () => {
  it.each([
    [
      "/crash",
      {
        exception_type: "Error",
        exception_message: "nobody caught me",
        exception_causes: [{ exception_type: "TypeError", exception_message: "inner" }],
      },
    ],
    [
      "/reject",
      { exception_type: "RangeError", exception_message: "nobody awaited me", error_type: "RangeError" },
    ],
  ])("%s is the last line, with the error, and Node's exit code is kept", async (path, fields) => {
    const { child, url } = await running("service.mjs");
    await ask(url + path).catch(() => undefined);
    expect(await child.ended).toEqual({ code: 1, signal: null });
    expect(child.lines.at(-1)).toMatchObject({ level: "fatal", event_name: "process.crash", ...fields });
    expect(child.stderr).toContain(fields.exception_message);
  });

  it("that the application handles itself is no crash: it is said, and the process goes on", async () => {
    const { child, url } = await running("service.mjs", { OWN_HANDLER: "1" });
    const hanging = ask(`${url}/crash`).catch(() => undefined);
    const line = await child.line(({ event_name }) => event_name === "process.uncaught_exception");
    expect(line).toMatchObject({ level: "error", exception_message: "nobody caught me" });
    await child.line(({ msg }) => msg === "handled by the application");
    expect((await ask(`${url}/ok`)).status).toBe(200);
    expect(child.lines.some(({ event_name }) => event_name === "process.crash")).toBe(false);
    child.kill("SIGKILL");
    await hanging;
  });
});
