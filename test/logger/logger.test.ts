import { describe, expect, it } from "vitest";
import { scopes } from "../../src/context/scope.ts";
import { createTaffrail, type LogLine, type Taffrail, type TaffrailOptions } from "../../src/index.ts";
import { captureLog } from "../../src/testing/index.ts";
import { matchesSchema } from "../support/schema.ts";

/** Write with a kit and answer the lines, each checked against the contract and for double keys. */
function written(write: (kit: Taffrail) => void, options: TaffrailOptions = {}): LogLine[] {
  const log = captureLog();
  const kit = createTaffrail({
    preset: "test",
    ...options,
    log: { level: "trace", ...options.log, destination: log.destination },
  });
  write(kit);
  for (const text of log.text) expect(new Set(topLevelKeys(text)).size, text).toBe(topLevelKeys(text).length);
  for (const line of log.lines) expect(matchesSchema(line)).toEqual([]);
  return [...log.lines];
}

function topLevelKeys(text: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  for (const [, token = ""] of text.matchAll(/("(?:[^"\\]|\\.)*"\s*:?|[{}[\]])/g)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (depth === 1 && token.endsWith(":")) keys.push(token);
  }
  return keys;
}

const one = (write: (kit: Taffrail) => void, options?: TaffrailOptions): LogLine => {
  const [line, ...more] = written(write, options);
  expect(more).toEqual([]);
  if (line === undefined) throw new Error("no line was written");
  return line;
};

describe("a line", () => {
  it("has a time, a level in words, a message and the resource", () => {
    const line = one(({ log }) => log.warn({ order_id: 7 }, "order %s is late", "o-7"), {
      serviceName: "shop",
      serviceVersion: "1.2.3",
      environment: "eu",
    });
    expect(line).toMatchObject({
      level: "warn",
      msg: "order o-7 is late",
      order_id: 7,
      service_name: "shop",
      service_version: "1.2.3",
      deployment_environment_name: "eu",
    });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Math.abs(Date.parse(line.time) - Date.now())).toBeLessThan(5_000);
  });

  it("never holds a key twice, and what the kit answers for can't be forged", () => {
    const forged = {
      time: "now",
      level: "fatal",
      service_name: "other",
      request_id: "r",
      trace_id: "t",
      msg: "m",
    };
    const line = one(({ log }) =>
      log
        .child({ a: 1, level: "x" })
        .child({ a: 2 })
        .info({ ...forged, a: 3 }, "real"),
    );
    expect(line).toMatchObject({
      level: "info",
      msg: "real",
      a: 3,
      user_level: "fatal",
      user_msg: "m",
      user_time: "now",
    });
    expect(line).not.toHaveProperty("request_id");
  });

  it("takes its message from the fields where none is given beside them", () => {
    expect(one(({ log }) => log.info({ msg: "inside" })).msg).toBe("inside");
  });

  it("keeps the bindings of children, and bindings() tells them", () => {
    const line = one(({ log }) => {
      const child = log.child({ tenant: "acme" });
      child.setBindings({ user: "u1" });
      expect(child.bindings()).toEqual({ tenant: "acme", user: "u1" });
      child.info("hello");
    });
    expect(line).toMatchObject({ tenant: "acme", user: "u1" });
  });
});

describe("errors", () => {
  const cause = new RangeError("too far");
  const error = new TypeError("no way", { cause });
  const fields = {
    exception_type: "TypeError",
    exception_message: "no way",
    exception_causes: [{ exception_type: "RangeError", exception_message: "too far" }],
  };

  it.each<[string, (kit: Taffrail) => void]>([
    ["error(err)", ({ log }) => log.error(error)],
    ["error(err, text)", ({ log }) => log.error(error, "text")],
    ["error({ err }, text)", ({ log }) => log.error({ err: error }, "text")],
    ["error({ error }, text)", ({ log }) => log.error({ error }, "text")],
    // pino's types forbid it, yet everybody writes it, and pino then drops the error without a word.
    ["error(text, err)", ({ log }) => log.error("text", error as never)],
  ])("%s keeps the error and its causes", (_name, write) => {
    const line = one(write);
    expect(line).toMatchObject(fields);
    expect(line.exception_stacktrace).toContain("logger.test.ts");
  });

  it("log.error(err) says the error's message", () => {
    expect(one(({ log }) => log.error(error)).msg).toBe("no way");
  });

  it("an error under any other key keeps its fields below it", () => {
    expect(one(({ log }) => log.warn({ reason: error }, "retry")).reason).toMatchObject(fields);
  });

  it("values behind a text without placeholders are kept", () => {
    expect(one(({ log }) => log.info("text", { a: 1 } as never))).toMatchObject({
      msg: "text",
      a: 1,
    });
  });

  it("Map, Set, BigInt and dates are kept", () => {
    const at = new Date(0);
    const line = one(({ log }) =>
      log.info({ map: new Map([["a", 1]]), set: new Set([1]), big: 2n ** 64n, at }, "x"),
    );
    expect(line).toMatchObject({
      map: { a: 1 },
      set: [1],
      big: "18446744073709551616",
      at: "1970-01-01T00:00:00.000Z",
    });
  });
});

describe("secrets", () => {
  it("are masked by key at any depth, in any case, in arrays", () => {
    const line = one(({ log }) =>
      log.info(
        {
          password: "a",
          user: { "API-Key": "b", list: [{ accessToken: "c", author: "kept" }] },
          keyboard: "kept",
        },
        "x",
      ),
    );
    expect(line).toMatchObject({
      password: "***",
      user: { "API-Key": "***", list: [{ accessToken: "***", author: "kept" }] },
      keyboard: "kept",
    });
  });

  it("may be more than the built-in ones", () => {
    expect(
      one(({ log }) => log.info({ shoeSize: 43 }, "x"), { redact: { keys: ["shoe-size"] } }),
    ).toMatchObject({ shoeSize: "***" });
  });
});

describe("levels by name", () => {
  it("a named logger has its own level and says its name", () => {
    const lines = written(
      (kit) => {
        kit.logger("db").debug("query");
        kit.logger("mail").info("not written");
        kit.logger("mail").warn("bounced");
      },
      { log: { level: "warn,db=debug" } },
    );
    expect(lines.map(({ scope_name, msg }) => [scope_name, msg])).toEqual([
      ["db", "query"],
      ["mail", "bounced"],
    ]);
  });
});

describe("the scope", () => {
  it("lends its ids and fields to every line below it", () => {
    const traceId = "a".repeat(32);
    const scope = {
      owner: {},
      requestId: "r-1",
      traceId,
      spanId: "b".repeat(16),
      fields: { tenant: "acme" },
      addFields: () => {},
      hush: () => {},
      propagationHeaders: () => ({}),
    };
    const line = one(({ log }) => scopes.run(scope, () => log.info({ step: 1 }, "x")));
    expect(line).toMatchObject({ request_id: "r-1", trace_id: traceId, tenant: "acme", step: 1 });
  });

  it("fields outside of a request are a problem that is said once", () => {
    const lines = written((kit) => {
      kit.addFields({ a: 1 });
      kit.addFields({ a: 2 });
      expect(kit.propagationHeaders()).toEqual({});
    });
    expect(lines.map(({ event_name, level }) => [event_name, level])).toEqual([["kit.problem", "warn"]]);
  });
});
