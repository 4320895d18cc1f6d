import { describe, expect, test } from "vitest";
import { createHealth } from "../../src/ops/health.ts";
import { until } from "./fixtures.ts";

describe("checks", () => {
  test("without checks a service is ready", async () => {
    expect(await createHealth().check()).toEqual({ ready: true, checks: {} });
  });

  test("run at the same time: each waits for the other here", async () => {
    const health = createHealth();
    let releaseA = (): void => {};
    const aMayEnd = new Promise<void>((resolve) => {
      releaseA = resolve;
    });
    health.add("a", () => aMayEnd);
    health.add("b", () => releaseA());
    const report = await health.check();
    expect(report).toMatchObject({ ready: true, checks: { a: { status: "ok" }, b: { status: "ok" } } });
    expect(report.checks["a"]?.duration_ms).toBeGreaterThanOrEqual(0);
  });

  test("of one name may be there once, and again when removed", () => {
    const health = createHealth();
    health.add("db", () => {});
    expect(() => health.add("db", () => {})).toThrow(
      expect.objectContaining({
        code: "ERR_TAFFRAIL_HEALTH_DUPLICATE",
        message: expect.stringContaining('"db"'),
      }),
    );
    health.remove("db");
    health.add("db", () => {});
  });

  test("added or removed after a run show in the next, whatever is cached", async () => {
    const health = createHealth({ cacheMs: 60_000 });
    await health.check();
    health.add("db", () => false);
    expect((await health.check()).ready).toBe(false);
    health.remove("db");
    expect(await health.check()).toEqual({ ready: true, checks: {} });
  });
});

describe("a check fails", () => {
  const badThings: readonly (readonly [string, () => unknown, string])[] = [
    [
      "that throws",
      () => {
        throw new Error("no route to db");
      },
      "no route to db",
    ],
    ["that rejects", () => Promise.reject(new Error("refused")), "refused"],
    ["that answers false", async () => false, "the check answered false"],
    [
      "whose error has no message",
      () => {
        throw new RangeError();
      },
      "RangeError",
    ],
    [
      "that throws a text",
      () => {
        throw "down";
      },
      "down",
    ],
    [
      "that throws a symbol",
      () => {
        throw Symbol("x");
      },
      "Symbol(x)",
    ],
    [
      "that throws what has no text",
      () => {
        throw Object.create(null);
      },
      "unknown error",
    ],
    [
      "whose message throws",
      () => {
        throw Object.defineProperty(new Error(), "message", {
          get() {
            throw new Error("hostile");
          },
        });
      },
      "unknown error",
    ],
    [
      "whose message is no text",
      () => {
        throw Object.defineProperty(new Error(), "message", { value: { a: 1 } });
      },
      "unknown error",
    ],
    [
      "whose thenable throws",
      () =>
        new Proxy(
          {},
          {
            get() {
              throw new Error("hostile then");
            },
          },
        ),
      "hostile then",
    ],
  ];

  test.each(badThings)("%s, with the message and nothing else", async (_, check, error) => {
    const health = createHealth();
    health.add("bad", check);
    health.add("good", () => true);
    const { ready, checks } = await health.check();
    expect(ready).toBe(false);
    expect(checks["bad"]).toEqual({ status: "failed", error, duration_ms: expect.any(Number) });
    expect(checks["good"]).toMatchObject({ status: "ok" });
  });

  test.each([
    ["connect postgres://shop:s3cret@db:5432/x failed", "connect postgres://***@db:5432/x failed"],
    ["(redis://:s3c/r@et@cache) and amqp://a:s3cret@mq", "(redis://***@cache) and amqp://***@mq"],
    ["mail to a@b about http://c/d", "mail to a@b about http://c/d"],
    [`${"x".repeat(295)} postgres://shop:s3cret@db`, `${"x".repeat(295)} post`],
    [`${"x".repeat(280)} postgres://shop:s3cret@db`, `${"x".repeat(280)} postgres://***@db`.slice(0, 300)],
  ])("with credentials in its message without them, and cut (%#)", async (message, shown) => {
    const health = createHealth();
    health.add("db", () => {
      throw new Error(message);
    });
    expect((await health.check()).checks["db"]?.error).toBe(shown);
  });

  test("when it takes too long; it is told by its signal, and not called again while it hangs", async () => {
    const health = createHealth({ cacheMs: 0 });
    let calls = 0;
    let signal: AbortSignal | undefined;
    let end = (): void => {};
    health.add(
      "slow",
      (given) => {
        calls += 1;
        signal = given;
        return new Promise<void>((resolve) => {
          end = resolve;
        });
      },
      { timeoutMs: 20 },
    );
    expect((await health.check()).checks["slow"]).toMatchObject({
      status: "failed",
      error: "no answer within 20 ms",
    });
    expect(signal?.aborted).toBe(true);
    expect((await health.check()).checks["slow"]?.error).toMatch(
      /^the call made \d+\.\d s ago has still not ended$/,
    );
    expect(calls).toBe(1);
    end();
    void until(() => calls === 2).then(() => end());
    await until(async () => (await health.check()).checks["slow"]?.status === "ok");
    expect(calls).toBe(2);
  });

  test("that hangs and then rejects is no unhandled rejection", async () => {
    const health = createHealth({ cacheMs: 0 });
    let fail: (error: Error) => void = () => {};
    health.add(
      "slow",
      () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
      { timeoutMs: 10 },
    );
    await health.check();
    fail(new Error("at last"));
    let recovered = false;
    health.remove("slow");
    health.add("after", () => {
      recovered = true;
    });
    expect((await health.check()).ready).toBe(true);
    expect(recovered).toBe(true);
  });
});

describe("readiness", () => {
  test("a service that says no is not ready whatever its checks say, with the reason", async () => {
    const health = createHealth();
    health.add("db", () => {});
    health.setReady(false, "draining");
    expect(await health.check()).toMatchObject({ ready: false, reason: "draining" });
    health.setReady(true);
    const report = await health.check();
    expect(report.ready).toBe(true);
    expect(report).not.toHaveProperty("reason");
    health.setReady(false);
    expect((await health.check()).ready).toBe(false);
  });

  test("a no that comes while the checks run counts", async () => {
    const health = createHealth();
    health.add("db", () => health.setReady(false, "draining"));
    expect(await health.check()).toMatchObject({ ready: false, reason: "draining" });
  });
});

describe("many callers", () => {
  test("at the same time share one run", async () => {
    const health = createHealth({ cacheMs: 0 });
    let runs = 0;
    health.add("db", async () => {
      runs += 1;
    });
    await Promise.all(Array.from({ length: 50 }, () => health.check()));
    expect(runs).toBe(1);
  });

  test("one after the other share a run while it is fresh", async () => {
    const health = createHealth({ cacheMs: 60_000 });
    let runs = 0;
    health.add("db", () => {
      runs += 1;
    });
    for (let i = 0; i < 50; i += 1) await health.check();
    expect(runs).toBe(1);
  });

  test("get a new run when the last is stale", async () => {
    const health = createHealth({ cacheMs: 5 });
    let runs = 0;
    health.add("db", () => {
      runs += 1;
    });
    await until(async () => {
      await health.check();
      return runs === 3;
    });
  });

  test("a run that ends after a check was added is not taken for the new one's", async () => {
    const health = createHealth({ cacheMs: 0 });
    const ends: (() => void)[] = [];
    health.add(
      "slow",
      () =>
        new Promise<void>((resolve) => {
          ends.push(resolve);
        }),
    );
    const first = health.check();
    await until(() => ends.length === 1);
    health.add("db", () => false);
    const second = health.check();
    await until(() => ends.length === 2);
    ends[0]?.();
    expect(Object.keys((await first).checks)).toEqual(["slow"]);
    const third = health.check();
    ends[1]?.();
    expect(Object.keys((await second).checks)).toEqual(["slow", "db"]);
    expect(Object.keys((await third).checks)).toEqual(["slow", "db"]);
    expect(ends).toHaveLength(2);
  });
});
