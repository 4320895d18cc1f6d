import { describe, expect, test } from "vitest";
import {
  boundedLabel,
  knownStatus,
  methodSchemeCount,
  methodSchemeIndex,
  methodSchemeLabels,
} from "../../src/metrics/http-labels.ts";

describe("methodSchemeIndex", () => {
  test.each(["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"])(
    "%s keeps its name with either scheme",
    (method) => {
      for (const scheme of ["http", "https"]) {
        const labels = methodSchemeLabels(methodSchemeIndex(method, scheme));
        expect(labels).toEqual({ http_request_method: method, url_scheme: scheme });
      }
    },
  );

  test.each(["get", "PROPFIND", "", "__proto__", "constructor", "G".repeat(5000)])(
    "the method %j and a scheme nobody knows are _OTHER",
    (method) => {
      const labels = methodSchemeLabels(methodSchemeIndex(method, "gopher"));
      expect(labels).toEqual({ http_request_method: "_OTHER", url_scheme: "_OTHER" });
    },
  );

  test("every combination has a number of its own", () => {
    const all = Array.from({ length: methodSchemeCount }, (_, index) =>
      JSON.stringify(methodSchemeLabels(index)),
    );
    expect(new Set(all).size).toBe(33);
  });
});

test.each([
  [200, 200],
  [100, 100],
  [999, 999],
  [undefined, 0],
  [99, 0],
  [1000, 0],
  [200.5, 0],
  [Number.NaN, 0],
])("the status %s counts as %s", (status, known) => {
  expect(knownStatus(status)).toBe(known);
});

test("a label is cut at 256 characters, and empty or no text is no label", () => {
  expect(boundedLabel("a".repeat(1000))).toHaveLength(256);
  expect(boundedLabel("/a")).toBe("/a");
  expect(boundedLabel("")).toBeUndefined();
  expect(boundedLabel(undefined)).toBeUndefined();
  // What an adapter written in JavaScript may pass.
  expect(boundedLabel(/x/ as unknown as string)).toBeUndefined();
});
