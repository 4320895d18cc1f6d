import { describe, expect, it } from "vitest";
import { createRequestIds, isRequestId } from "../../src/http/request-id.ts";

describe("generated ids", () => {
  it("are UUIDs of version 7 that carry the time and sort by it", () => {
    let now = 0x0193a1c26f0e;
    const next = createRequestIds(() => now);
    const early = next();
    now += 1;
    const late = next();
    expect(early).toMatch(/^0193a1c2-6f0e-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(early < late).toBe(true);
  });

  it("do not repeat over many pools of randomness", () => {
    const next = createRequestIds();
    const ids = new Set(Array.from({ length: 10_000 }, next));
    expect(ids.size).toBe(10_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("use every variant and the whole of their random digits", () => {
    const next = createRequestIds();
    const ids = Array.from({ length: 2_000 }, next);
    expect(new Set(ids.map((id) => id.charAt(19)))).toEqual(new Set(["8", "9", "a", "b"]));
    for (const at of [15, 16, 17, 20, 24, 35]) expect(new Set(ids.map((id) => id.charAt(at))).size).toBe(16);
  });
});

describe("an id that was sent", () => {
  it.each(["a", "A-1_b.c:d/e=f+g", "a".repeat(128)])("may be %s", (id) => expect(isRequestId(id)).toBe(true));

  it.each(["", "a".repeat(129), "a b", "a\n", "a,b", "ä", '"', "<", "a\u0000"])("may not be %j", (id) =>
    expect(isRequestId(id)).toBe(false),
  );
});
