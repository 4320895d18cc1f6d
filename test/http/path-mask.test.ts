import { describe, expect, it } from "vitest";
import { createPathMask } from "../../src/http/path-mask.ts";
import { createRedaction } from "../../src/logger/redaction/redaction.ts";

const maskPath = (templates: readonly string[] = []): ReturnType<typeof createPathMask> =>
  createPathMask(createRedaction(), templates);

describe("a logged path", () => {
  it.each([
    ["/reset/abc123", "/reset/:token", "/reset/***"],
    ["/users/7/otp/991", "/users/:id/otp/:otp", "/users/7/otp/***"],
    ["/t/acme/key/k1/x", "/t/:tenant/key/:apiKey/x", "/t/acme/key/***/x"],
    ["/reset/abc123", "/reset/[token]", "/reset/***"],
    ["/files/a/b/secret", "/files/*/:token", "/files/a/***/***"],
    ["/orders/7", "/orders/:id", "/orders/7"],
    ["/orders/7", undefined, "/orders/7"],
    ["/cb;password=hunter2", undefined, "/cb;password=***"],
  ])("%s of route %s is written as %s", (path, route, shown) => {
    expect(maskPath()(path, route)).toBe(shown);
  });

  it("is masked without a route, too, once the route's template was seen", () => {
    const mask = maskPath();
    mask("/reset/first", "/reset/:token");
    expect(mask("/reset/second", undefined)).toBe("/reset/***");
    expect(mask("/other/second", undefined)).toBe("/other/second");
  });

  it("is masked by the templates that were given, whatever their parameters are called", () => {
    const mask = maskPath(["/invite/:code"]);
    expect(mask("/invite/xyz", undefined)).toBe("/invite/***");
    expect(mask("/invite/xyz/more", undefined)).toBe("/invite/xyz/more");
    expect(mask("/invite/xyz", "/invite/:code")).toBe("/invite/***");
  });
});
