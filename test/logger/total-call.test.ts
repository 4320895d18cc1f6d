import type { Logger } from "pino";
import { describe, expect, it } from "vitest";
import { createTaffrail, type Taffrail } from "../../src/index.ts";
import { brokenRules } from "../support/line-rules.ts";
import { hostileValues } from "./guard/hostile-values.ts";

const values = hostileValues();
const written: string[] = [];
const kit: Taffrail = createTaffrail({
  preset: "test",
  log: { level: "trace", destination: { write: (line) => void written.push(line) } },
});

/** Every way a value can reach a line. */
const calls: Readonly<Record<string, (log: Logger, value: unknown) => void>> = {
  "as the only argument": (log, value) => log.info(value as object),
  "before a message": (log, value) => log.error(value as object, "message"),
  "as a field": (log, value) => log.warn({ value }, "message"),
  "as the error": (log, value) => log.error({ err: value }),
  "in the message": (log, value) =>
    log.info("%s and %d and %j and %o", ...([value, value, value, value] as never[])),
  "after the message": (log, value) => log.debug("message", ...([value, value] as never[])),
  "as a list's item": (log, value) => log.trace({ list: [1, value, 2] }),
  "as a child's bindings": (log, value) => log.child(value as object).info("message"),
  "as a bound field": (log, value) => log.child({ value }).child({ value }).fatal("message"),
  "through a serializer": (log, value) =>
    log.child({}, { serializers: { value: (given: unknown) => given } }).info({ value }),
};

function failuresOf(call: () => void, name: string): string[] {
  written.length = 0;
  try {
    call();
  } catch (error) {
    return [`${name}: threw ${String(error)}`];
  }
  if (written.length !== 1) return [`${name}: wrote ${written.length} lines`];
  return brokenRules(String(written[0])).map((rule) => `${name}: ${rule}`);
}

describe("a log call with a hostile value", () => {
  it("is tried with at least 150 of them", () => {
    expect(values.length).toBeGreaterThanOrEqual(150);
  });

  it.each(Object.entries(calls))("%s does not throw and writes one good line", (_how, call) => {
    const failures = values.flatMap(([name, value]) => failuresOf(() => call(kit.log, value), name));
    expect(failures).toEqual([]);
  });
});

describe("a field that can't be read", () => {
  it("costs only itself", () => {
    written.length = 0;
    const serializers = {
      bad: () => {
        throw new Error("no");
      },
    };
    const fields = {
      before: 1,
      get hostile(): never {
        throw new Error("never");
      },
      bad: 1,
      after: 2,
    };
    kit.log.child({}, { serializers }).info(fields, "still said");
    expect(JSON.parse(String(written[0]))).toMatchObject({
      msg: "still said",
      before: 1,
      hostile: "[unreadable: never]",
      bad: "[unreadable: no]",
      after: 2,
    });
  });

  it("is counted", async () => {
    const text = await kit.metrics.registry.metrics();
    const count = /^taffrail_log_degraded_lines_total (\d+)$/m.exec(text)?.[1];
    expect(Number(count)).toBeGreaterThan(0);
  });
});

describe("a log call within a getter of another", () => {
  it("writes both lines whole", () => {
    written.length = 0;
    kit.log.info({
      a: "x",
      get inner() {
        kit.log.info({ b: "y" }, "inner");
        return "read";
      },
    });
    expect(written.map((line) => JSON.parse(line) as object)).toMatchObject([
      { b: "y", msg: "inner" },
      { a: "x", inner: "read" },
    ]);
  });
});

describe("what the log path counts", () => {
  it("is in the metrics: lines written, cut, degraded", async () => {
    written.length = 0;
    kit.log.info({ long: "x".repeat(100_000) });
    expect(JSON.parse(String(written[0]))).toMatchObject({ log_truncated: true });
    const text = await kit.metrics.registry.metrics();
    expect(text).toMatch(/^taffrail_log_truncated_lines_total [1-9]/m);
    expect(text).toMatch(/^log_messages_total\{level="info"\} [1-9]/m);
  });
});

describe("a field that says what only the kit may say", () => {
  it("is moved aside: events of the kit, values the contract does not allow", () => {
    written.length = 0;
    kit.log.info({ event_name: "process.crash", outcome: "great", duration_ms: "long", trace_id: "t" });
    kit.log.info({ event_name: "order.placed", outcome: "ok", duration_ms: 7 });
    const [forged, own] = written.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(forged).toMatchObject({
      user_event_name: "process.crash",
      user_outcome: "great",
      user_duration_ms: "long",
      user_trace_id: "t",
    });
    expect(forged).not.toHaveProperty("event_name");
    expect(own).toMatchObject({ event_name: "order.placed", outcome: "ok", duration_ms: 7 });
  });
});

describe("a log call takes no longer for", () => {
  const endless = new Array(2 ** 32 - 1);

  it.each([
    ["an array as a number", () => kit.log.info("%d %i %f", endless, endless, endless)],
    ["an array as a Map's key", () => kit.log.info({ map: new Map([[endless, 1]]) })],
    ["a text as a number", () => kit.log.info("%d", "9".repeat(1_000_000))],
    ["a bigint of a million digits", () => kit.log.info({ big: 2n ** 4_000_000n }, "%s", 2n ** 4_000_000n)],
    ["a bigint that was thrown", () => kit.log.info({ err: new Error("m", { cause: 2n ** 4_000_000n }) })],
  ])("%s", (name, call) => {
    const startMs = performance.now();
    expect(failuresOf(call, name)).toEqual([]);
    // As a text, each takes from half a second to hours.
    expect(performance.now() - startMs).toBeLessThan(200);
  });
});
