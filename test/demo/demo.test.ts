import { afterEach, describe, expect, it } from "vitest";
import type { LogLine } from "../../src/index.ts";
import { Child } from "../support/child.ts";
import { until } from "../support/poll.ts";
import { matchesSchema } from "../support/schema.ts";

const started: Child[] = [];

function startDemo(...args: string[]): Child {
  const demo = new Child("main.js", {}, { folder: "build/demo", args });
  started.push(demo);
  return demo;
}

afterEach(() => {
  for (const demo of started.splice(0)) demo.kill("SIGKILL");
});

const isCompletion = ({ event_name }: LogLine): boolean => event_name === "http.server.request";

function processIds(lines: readonly LogLine[]): number[] {
  return lines
    .filter(({ event_name }) => event_name === "process.start")
    .map((line) => line.process_pid ?? 0);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // ESRCH: there is no such process.
  }
}

describe("a run of the demo", () => {
  it("leaves one completion line a request in every service, and says so at its end", async () => {
    const demo = startDemo("--for", "5s", "--rate", "30", "--free-ports", "--json", "--seed", "7");
    expect(await demo.ended).toEqual({ code: 0, signal: null });
    const lines = demo.lines;
    expect(demo.stdout.trimEnd().split("\n")).toHaveLength(lines.length);
    expect(lines.flatMap((line) => matchesSchema(line))).toEqual([]);

    const completions = lines.filter(isCompletion);
    const keys = completions.map(({ service_name, request_id }) => `${service_name} ${request_id}`);
    expect(keys.length).toBeGreaterThan(50);
    expect(new Set(keys).size).toBe(keys.length);
    const shop = completions.filter(({ service_name }) => service_name === "shop");
    expect(demo.stderr).toContain(
      `ok    shop: ${shop.length} requests from demo-traffic, ${shop.length} completion lines, ${shop.length} in /metrics`,
    );
    expect(demo.stderr).not.toContain("FAIL");
    expect(new Set(shop.map(({ outcome }) => outcome))).toEqual(
      new Set(["ok", "client_error", "server_error", "aborted"]),
    );
    expect(demo.stderr).toMatch(/shop {2}GET \/api\/:tenant\/orders\/:id +\d+ +[\d.]+ +[\d.]+\n/);

    const payments = completions.filter(({ service_name }) => service_name === "payments");
    const calls = shop.filter(({ trace_id, request_id }) =>
      payments.some((line) => line.trace_id === trace_id && line.request_id === request_id),
    );
    expect(calls.length).toBeGreaterThan(0);
    expect(calls).toHaveLength(payments.length);
    expect(demo.stderr).toContain("One request through both services: the same request_id and trace_id");

    expect(lines.map((line) => line["incidents"]?.toString())).toEqual(
      expect.arrayContaining(["payments-failing", "slow-database", "login-attack", ""]),
    );
    expect(lines.filter(({ event_name }) => event_name === "process.stop")).toHaveLength(2);
    expect(processIds(lines)).toHaveLength(2);
    expect(processIds(lines).filter(isAlive)).toEqual([]);
  }, 60_000);

  it("shows a sample of the lines, for people, until Ctrl-C stops everything in good order", async () => {
    const demo = startDemo("--free-ports", "--rate", "40");
    const shown = [/ INFO: {2}shop {5}POST \/api\/:tenant\/orders 201 .*request_id=\S+/, /service started/];
    await until(
      () => demo.stdout,
      (text) => shown.every((line) => line.test(text)),
      20_000,
    );
    await until(
      () => demo.stderr,
      (text) => /^0:0\d {2}steady {2}\d+ requests {2}\d+ errors {2}\d+\/s\n/.test(text),
    );
    demo.kill("SIGINT");
    expect(await demo.ended).toEqual({ code: 0, signal: null });
    expect(demo.lines).toHaveLength(2); // The two of the request that passed both services.
    expect(demo.stdout).toMatch(/service stopped {2}process_signal=SIGTERM/);
    expect(demo.stdout).toMatch(/s of traffic\n/);
    expect(demo.stdout).not.toContain("FAIL");
  }, 60_000);

  it("leaves no process behind when it is killed", async () => {
    const demo = startDemo("--free-ports", "--json");
    await demo.line(isCompletion);
    const pids = processIds(demo.lines);
    expect(pids.filter(isAlive)).toHaveLength(2);
    demo.kill("SIGKILL");
    await until(
      () => pids.filter(isAlive),
      (alive) => alive.length === 0,
      20_000,
    );
  }, 60_000);
});

describe("the demo's flags", () => {
  it.each([
    [["--fro", "30s"], "Unknown option '--fro'"],
    [["extra"], "Unexpected argument 'extra'"],
    [["--for"], "Option '--for <value>' argument missing"],
    [["--for", "30"], '--for is "30"; it is a time with its unit: 30s, 2m, 500ms'],
    [["--for", "0s"], '--for is "0s"; it is a time with its unit: 30s, 2m, 500ms'],
    [["--rate", "fast"], '--rate is "fast"; it is a whole number from 1 to 500'],
    [["--rate", "501"], '--rate is "501"; it is a whole number from 1 to 500'],
    [["--seed", "-1"], "Option '--seed' argument is ambiguous"],
    [["--seed=-1"], '--seed is "-1"; it is a whole number from 0 to 4294967296'],
    [["--quiet", "--json"], "--quiet and --json exclude each other"],
  ])("%j stop it before it begins", async (args, error) => {
    const demo = startDemo(...args);
    expect(await demo.ended).toEqual({ code: 2, signal: null });
    expect(demo.stderr).toBe(`${error}\nnpm run demo -- --help lists the flags.\n`);
    expect(demo.stdout).toBe("");
  });

  it("are listed by --help", async () => {
    const demo = startDemo("--help");
    expect(await demo.ended).toEqual({ code: 0, signal: null });
    for (const flag of ["--for", "--rate", "--quiet", "--json", "--free-ports", "--seed"]) {
      expect(demo.stdout).toContain(flag);
    }
  });
});
