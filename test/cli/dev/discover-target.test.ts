import { describe, expect, it } from "vitest";
import { discoverTarget } from "../../../src/cli/dev/discover-target.ts";

const line = (server_address: unknown, server_port: unknown, event_name = "ops.listen"): string =>
  JSON.stringify({ event_name, server_address, server_port });

describe("a line that says where metrics are", () => {
  it.each([
    [line("127.0.0.1", 9464), "http://127.0.0.1:9464/metrics"],
    [line("::1", 9464), "http://[::1]:9464/metrics"],
    [line("0.0.0.0", 9464), "http://127.0.0.1:9464/metrics"],
  ])("%s", (text, url) => {
    expect(discoverTarget(text)).toBe(url);
  });

  it.each([
    line("evil.example", 80),
    line("127.0.0.1@evil.example", 80),
    line("127.0.0.1", "80"),
    line("127.0.0.1", 1.5),
    line("127.0.0.1", 99_999),
    line("127.0.0.1", 80, "other"),
    'plain "ops.listen"',
    '["ops.listen"]',
    "null",
  ])("is no such line: %s", (text) => {
    expect(discoverTarget(text)).toBeUndefined();
  });
});
