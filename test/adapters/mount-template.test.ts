import { describe, expect, it } from "vitest";
import { mountTemplate } from "../../adapters/node/express/mount-template.ts";

describe("a mount path's template", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["/api", {}, "/api"],
    ["/API", {}, "/api"],
    ["/api/acme", { tenant: "acme" }, "/api/:tenant"],
    ["/api/a%20b", { tenant: "a b" }, "/api/:tenant"],
    ["/api/api", { tenant: "api" }, "/api/:tenant"],
    ["/x/1/y/1", { a: "1", b: "1" }, "/x/:a/y/:b"],
    ["/v2", { major: "2" }, "/v:major"],
    ["/files/a/b/c", { rest: ["a", "b", "c"] }, "/files/:rest"],
    ["/files/a/b", { 0: "a/b" }, "/files/:0"],
    ["/opt", { missing: undefined }, "/opt"],
    ["/api/$&", { tenant: "$&" }, "/api/:tenant"],
    ["/lost", { tenant: "elsewhere" }, "/*"],
    ["/bad/%E0%A4%A", { id: "%E0%A4%A" }, "/bad/:id"],
  ])("%s with %j is %s", (part, params, template) => {
    expect(mountTemplate(part, params)).toBe(template);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["/orders", { tenant: "acme" }, "/orders"],
    ["/orders", { tenant: "o" }, "/orders"],
    ["/carts/c1", { tenant: "acme", cart: "c1" }, "/carts/:cart"],
    ["/acme", { tenant: "acme" }, "/:tenant"],
    ["/lost", { tenant: "acme", other: "elsewhere" }, "/*"],
  ])("%s with %j of which it inherited the tenant is %s", (part, params, template) => {
    expect(mountTemplate(part, params, { tenant: params["tenant"] })).toBe(template);
  });

  it("never holds what a client chose, whatever it was", () => {
    const templates = new Set<string>();
    for (let at = 0; at < 2_000; at++) {
      const tenant = Array.from({ length: 1 + (at % 4) }, () =>
        String.fromCharCode(97 + Math.floor(Math.random() * 26)),
      ).join("");
      templates.add(mountTemplate(`/api/${tenant}`, { tenant }));
    }
    expect(templates).toEqual(new Set(["/api/:tenant"]));
  });
});
