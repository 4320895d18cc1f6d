import { describe, expect, it } from "vitest";
import { resolveOptions } from "../../src/config/resolve.ts";
import { createHostList } from "../../src/http/outgoing/host-list.ts";

describe("a list of hosts", () => {
  it.each([
    ["payments", "payments", 80, true],
    ["payments", "PAYMENTS.", 80, true],
    ["payments", "a.payments", 80, false],
    ["payments", "payments.evil.example", 80, false],
    ["*.internal", "a.internal", 443, true],
    ["*.internal", "a.b.internal", 443, true],
    ["*.internal", "internal", 443, false],
    ["*.internal", "evilinternal", 443, false],
    ["*.internal", "a.internal.evil.example", 443, false],
    ["payments:8080", "payments", 8080, true],
    ["payments:8080", "payments", 80, false],
    ["payments:8080", "payments", undefined, false],
    ["10.0.0.7", "10.0.0.7", 80, true],
    ["10.0.0.7", "10.0.0.70", 80, false],
    ["[::1]:80", "::1", 80, true],
    ["[::1]", "[::1]", 80, true],
    ["*", "anything.example", 80, true],
    ["*:80", "anything.example", 81, false],
  ])("%s and %s:%s: %s", (entry, address, port, listed) => {
    expect(createHostList([entry])(address, port)).toBe(listed);
  });

  it("an empty list holds nothing", () => {
    expect(createHostList([])("localhost", 80)).toBe(false);
  });

  it.each([
    "http://payments",
    "payments/charges",
    "*internal",
    "a..b",
    "a:0",
    "a:99999",
    "::1",
    "a b",
    "pay*",
    "",
  ])("%j is no entry, and stops the start", (entry) => {
    expect(() => resolveOptions({ outgoing: { propagateTo: ["ok", entry] } }, {})).toThrow(
      /^outgoing\.propagateTo\[1\] is .*allowed: a list of hosts: api\.example\.com/,
    );
  });
});
