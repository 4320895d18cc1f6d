import { describe, expect, it } from "vitest";
import { createPathList } from "../../src/http/path-list.ts";
import { maskedQuery, pathOf } from "../../src/http/target.ts";

describe("the path of a target", () => {
  it.each([
    ["/a/b?c=d", "/a/b"],
    ["/", "/"],
    ["http://user:secret@host:80/a?b", "/a"],
    ["http://host", "/"],
    ["*", "*"],
    ["host:443", ""],
    ["//a", "//a"],
    ["", ""],
  ])("%s is %s", (target, path) => {
    expect(pathOf(target)).toBe(path);
  });

  it("is bounded", () => {
    expect(pathOf(`/${"a".repeat(100_000)}`)).toHaveLength(2_048);
  });
});

describe("the query of a target", () => {
  const allowed = new Set(["page", "bare"]);

  it.each([
    ["/a", undefined],
    ["/a?", undefined],
    ["/a?token=hunter2", "token=***"],
    ["/a?page=2&token=a=b&page", "page=2&token=***&page"],
    ["/a?hunter2", "***"],
    ["/a?bare&&x=", "bare&***&x=***"],
    ["/a?pag%65=2", "pag%65=***"],
  ])("%s is shown as %s", (target, query) => {
    expect(maskedQuery(target, allowed)).toBe(query);
  });

  it("is bounded", () => {
    expect(maskedQuery(`/?${"a=1&".repeat(100_000)}`, allowed)?.length).toBeLessThanOrEqual(2_048);
  });
});

describe("a list of paths", () => {
  it("holds whole paths, and all that begin like an entry with a star", () => {
    const holds = createPathList(["/healthz", "/static/*"]);
    expect(["/healthz", "/healthz/x", "/static/a/b", "/stat"].map(holds)).toEqual([true, false, true, false]);
  });
});
